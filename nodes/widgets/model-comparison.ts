/** Two models on the same stretch of a cast, in figures. Pure. */
import type { RiskSeries } from '../lib/dashboard.js';
import { age, percent } from './format.js';
import type { FeedState } from './feed-state.js';

export interface Comparison {
  readonly figure: string;
  readonly baseline: string;
  readonly sequence: string;
}

type Curve = readonly (number | null)[];

/** True begins of the events of the chosen strand's cast, ms of cast time. */
export function trueOnsets({ casts, strands, strand, trends }: FeedState): readonly number[] {
  const castId = strands.find((one) => one.strand === strand)?.castId;
  const [time, elapsed] = [trends?.times.at(-1), trends?.elapsed.at(-1)];
  if (time === undefined || elapsed === undefined) return [];
  const start = time - 1000 * elapsed;
  return (casts.find(({ id }) => id === castId)?.events ?? []).map(({ onset }) => start + 1000 * onset);
}

export function compared(
  { times, baseline, sequence }: Pick<RiskSeries, 'times' | 'baseline' | 'sequence'>,
  warning: number,
  onsets: readonly number[],
  clock: (ms: number) => string,
): readonly Comparison[] {
  const both = (figure: string, tell: (curve: Curve) => string): Comparison => ({
    ...{ figure, baseline: tell(baseline), sequence: tell(sequence) },
  });
  return [
    both('now', (curve) => percent(curve.at(-1))),
    both('highest', (curve) => percent(highest(curve))),
    both('first above the warning', (curve) => told(firstAbove(times, curve, warning), clock)),
    both('against the true begin', (curve) => lead(firstAbove(times, curve, warning), onsets[0])),
    both('time above the warning', (curve) => percent(shareAbove(curve, warning))),
  ];
}

const spoken = (curve: Curve): readonly number[] => curve.filter((risk) => risk !== null);

const highest = (curve: Curve): number | null => {
  const risks = spoken(curve);
  return risks.length === 0 ? null : Math.max(...risks);
};

function firstAbove(times: readonly number[], curve: Curve, limit: number): number | null {
  const index = curve.findIndex((risk) => risk !== null && risk > limit);
  return index < 0 ? null : times[index]!;
}

function shareAbove(curve: Curve, limit: number): number | null {
  const risks = spoken(curve);
  return risks.length === 0 ? null : risks.filter((risk) => risk > limit).length / risks.length;
}

const told = (time: number | null, clock: (ms: number) => string): string =>
  time === null ? 'never' : clock(time);

function lead(time: number | null, onset: number | undefined): string {
  if (onset === undefined) return 'no event';
  if (time === null) return '–';
  return time >= onset ? `${age(time - onset)} after` : `${age(onset - time)} before`;
}
