import type { LatestRisk, RiskSeries, SeriesMark } from '../../lib/dashboard.js';
import type { EnsemblePrediction, PipelineMessage } from '../../lib/messages.js';

type Lines = 'ensemble' | 'baseline' | 'sequence' | 'rules';

/** The risk of one strand over the charted time. A new cast, or cast time that runs backwards, begins a new run. */
export class StrandRisk {
  private run = 0;
  private castId: string | null = null;
  private times: number[] = [];
  private lines: Record<Lines, (number | null)[]> = emptyLines();
  private last: LatestRisk | null = null;

  /** Counts the runs of casts. */
  get currentRun(): number {
    return this.run;
  }

  get latest(): LatestRisk | null {
    return this.last;
  }

  /** @param historyMs of cast time kept */
  add({ timestamp, cast, payload }: PipelineMessage<EnsemblePrediction>, historyMs: number): void {
    const newest = this.times.at(-1);
    if (this.castId !== cast.castId || (newest !== undefined && timestamp < newest)) this.begin(cast.castId);
    if (timestamp === this.times.at(-1)) this.dropNewest();
    this.times.push(timestamp);
    this.lines.ensemble.push(rounded(payload.probability));
    this.lines.baseline.push(rounded(payload.baseline?.probability ?? null));
    this.lines.sequence.push(rounded(payload.sequence?.probability ?? null));
    this.lines.rules.push(rounded(payload.rules?.score ?? null));
    this.last = { ...payload, timestamp };
    this.forgetBefore(timestamp - historyMs);
  }

  /** What a browser that holds the series up to `mark` lacks. */
  since(mark: SeriesMark | null): RiskSeries {
    const isWhole = mark?.run !== this.run;
    const from = isWhole ? 0 : firstAfter(this.times, mark.upTo);
    const { ensemble, baseline, sequence, rules } = this.lines;
    return {
      run: this.run,
      isWhole,
      times: this.times.slice(from),
      ensemble: ensemble.slice(from),
      baseline: baseline.slice(from),
      sequence: sequence.slice(from),
      rules: rules.slice(from),
    };
  }

  private begin(castId: string): void {
    this.castId = castId;
    this.run++;
    this.times = [];
    this.lines = emptyLines();
  }

  private dropNewest(): void {
    this.times.pop();
    for (const line of Object.values(this.lines)) line.pop();
  }

  /** In blocks: one at a time would move the whole series with every prediction. */
  private forgetBefore(oldest: number): void {
    const old = firstAfter(this.times, oldest - 1);
    if (old < FORGET_AT_ONCE) return;
    this.times.splice(0, old);
    for (const line of Object.values(this.lines)) line.splice(0, old);
  }
}

const FORGET_AT_ONCE = 16;

const emptyLines = (): Record<Lines, (number | null)[]> => ({
  ensemble: [],
  baseline: [],
  sequence: [],
  rules: [],
});

/** Index of the first time later than `time`, of ascending times. */
export function firstAfter(times: ArrayLike<number>, time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! > time) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** A ten-thousandth is finer than any screen. */
const rounded = (probability: number | null): number | null =>
  probability === null ? null : Math.round(1e4 * probability) / 1e4;
