import type { Evaluation } from '../evaluation.js';
import { SOURCES } from '../sources.js';
import { evenTicks, SvgChart } from './svg-chart.js';

const MODELS = SOURCES.filter((source) => source !== 'rules');

/** Predicted probability against the share of seconds that really were in an event. Rules give scores, no probabilities. */
export function reliabilityFigure({ judges, models, casts }: Evaluation): string {
  const chart = new SvgChart({
    title: `Reliability on ${casts} simulated casts`,
    description:
      'Observed share of seconds within an event, over the predicted probability, in 15 bins. On the dashed line both agree.',
    x: { label: 'predicted probability', from: 0, to: 1, ticks: evenTicks(0, 1, 0.2, 1) },
    y: { label: 'observed share of seconds', from: 0, to: 1, ticks: evenTicks(0, 1, 0.2, 1) },
  });
  chart.line('even', [
    [0, 0],
    [1, 1],
  ]);
  const drawn = MODELS.filter((source) => judges[source] !== undefined);
  for (const source of drawn) {
    const bins = judges[source]!.reliability();
    chart.line(
      `line ${source}`,
      bins.map(({ meanScore, meanLabel }) => [meanScore, meanLabel]),
    );
    for (const { meanScore, meanLabel, count } of bins)
      chart.dot(
        source,
        meanScore,
        meanLabel,
        `${source}: ${meanScore.toFixed(2)} predicted, ${meanLabel.toFixed(2)} observed, ${count} s`,
      );
  }
  return chart
    .legend(
      'top-left',
      drawn.map((source) => ({
        style: source,
        name: `${source}, ECE ${models[source]?.ece?.toFixed(4) ?? '-'}`,
      })),
    )
    .toString();
}
