import { judged } from '../curve.js';
import type { Evaluation } from '../evaluation.js';
import { pointFigures } from '../operating-point.js';
import type { SourceJudge } from '../source-judge.js';
import { SOURCES } from '../sources.js';
import { evenTicks, SvgChart } from './svg-chart.js';

/** False alarms per 8 h up to which the curve is shown. */
const MOST = 4;

/** What share of the events is caught at which rate of false alarms; the dots are the frozen thresholds. */
export function recallFigure({ judges, models, casts }: Evaluation): string {
  const chart = new SvgChart({
    title: `Events caught and false alarms on ${casts} simulated casts`,
    description:
      'Share of the events detected, over false alarms per 8 strand-hours, as the threshold moves. Dots: thresholds that were frozen on other casts.',
    x: { label: 'false alarms per 8 strand-hours', from: 0, to: MOST, ticks: evenTicks(0, MOST, 0.5, 1) },
    y: { label: 'share of events detected', from: 0, to: 1, ticks: evenTicks(0, 1, 0.2, 1) },
  });
  const drawn = SOURCES.filter((source) => judges[source] !== undefined);
  for (const source of drawn) chart.line(`line ${source}`, curvePoints(judges[source]!));
  for (const source of drawn) {
    const { eventRecall, falseAlarmsPer8h } = models[source]!.frozen;
    if (eventRecall !== null && falseAlarmsPer8h !== null && falseAlarmsPer8h <= MOST)
      chart.dot(
        source,
        falseAlarmsPer8h,
        eventRecall,
        `${source}, frozen threshold: ${eventRecall.toFixed(3)} at ${falseAlarmsPer8h.toFixed(2)} per 8 h`,
      );
  }
  return chart
    .legend(
      'bottom-right',
      drawn.map((source) => ({
        style: source,
        name: `${source}, ${models[source]!.eventRecall?.toFixed(2) ?? '-'} at 1`,
      })),
    )
    .toString();
}

/** The best recall within each rate, as Recall@1 is. */
function curvePoints({ curve }: SourceJudge): [number, number][] {
  let best = 0;
  const points = curve.outcomes
    .map((outcomes) => pointFigures(judged(curve.casts, outcomes, curve.hours)))
    .map(({ falseAlarmsPer8h, eventRecall }): [number, number] => [falseAlarmsPer8h ?? 0, eventRecall ?? 0])
    .sort((one, other) => one[0] - other[0] || one[1] - other[1]);
  return points.flatMap(([rate, recall]): [number, number][] => {
    const before = best;
    best = Math.max(best, recall);
    return rate > MOST || recall < best || recall === before ? [] : [[rate, best]];
  });
}
