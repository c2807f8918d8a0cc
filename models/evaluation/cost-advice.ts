import { cheapest, pricedThresholds, type PricedThreshold, type Prices } from './cost.js';
import type { Evaluation } from './evaluation.js';
import { SOURCES, type Source } from './sources.js';

/** The threshold that costs least for one source, and what to write into the configuration. */
export interface CostAdvice {
  readonly source: Source;
  readonly best: PricedThreshold;
  readonly yaml: readonly string[];
}

/** @param critical the critical threshold in force; it must not lie below the warning */
export function costAdvice(evaluation: Evaluation, prices: Prices, critical: number): readonly CostAdvice[] {
  return SOURCES.flatMap((source) => {
    const judge = evaluation.judges[source];
    if (judge === undefined) return [];
    const best = cheapest(pricedThresholds(judge, prices));
    return [{ source, best, yaml: yamlOf(source, rounded(best.threshold), critical) }];
  });
}

/** Upwards, so that no second alarms which did not before; four digits are more than a threshold can be known to. */
const rounded = (threshold: number): number => Math.ceil(threshold * 1e4) / 1e4;

function yamlOf(source: Source, threshold: number, critical: number): readonly string[] {
  if (source === 'rules') return ['rules:', `  threshold: ${threshold}`];
  const highest = Math.max(threshold, critical);
  return ['alerts:', `  source: ${source}`, `  thresholds: { warning: ${threshold}, critical: ${highest} }`];
}

/** For people. */
export function costText(advice: readonly CostAdvice[], prices: Prices): string {
  const rate = prices.eventRate === null ? 'as many events as in these casts' : `${prices.eventRate} events`;
  const lines = [
    `Thresholds that cost least, at ${prices.missedEvent} per missed event and ${prices.falseAlarm} per false alarm.`,
    `Counts per 100 strand-hours, with ${rate}. Choose on validation casts, never on those you judge by.`,
  ];
  for (const { source, best, yaml } of advice) {
    const { threshold, eventRecall, missedEvents, falseAlarms, falseAlarmsPer8h, cost } = best;
    lines.push(
      '',
      `${source}: threshold ${threshold.toFixed(4)}, recall ${eventRecall.toFixed(3)}, ` +
        `${missedEvents.toFixed(1)} missed, ${falseAlarms.toFixed(1)} false alarms (${falseAlarmsPer8h.toFixed(2)} per 8 h), cost ${cost.toFixed(0)}`,
      ...yaml.map((line) => `    ${line}`),
    );
  }
  return lines.join('\n');
}
