/** A defect that really happened. Times in s of the cast, both ends included. */
export interface TrueEvent {
  readonly type: string;
  readonly onset: number;
  /** When the defect can no longer be averted: lead time zero. */
  readonly complete: number;
  readonly end: number;
}

/** A sensor that told something else than the truth, from `onset` up to before `end`, s of the cast. */
export interface TrueFault {
  readonly type: string;
  readonly onset: number;
  readonly end: number;
}

/** What really happened in a cast. Only the evaluation sees it. */
export interface CastTruth {
  readonly id: string;
  readonly mold: string | null;
  /** Per second of the cast: 1 = counts neither way. */
  readonly ignored: Uint8Array;
  /** Per second of the cast: 1 = a defect is on its way. */
  readonly defect: Uint8Array;
  readonly events: readonly TrueEvent[];
  readonly faults: readonly TrueFault[];
  /** Happenings that only look like defects; null when the cast's files don't tell. */
  readonly lookAlikes: number | null;
}

export const secondsOf = ({ ignored }: CastTruth): number => ignored.length;

/** Seconds that count. */
export const judgedSeconds = ({ ignored }: CastTruth): number =>
  ignored.reduce((sum, isIgnored) => sum + 1 - isIgnored, 0);
