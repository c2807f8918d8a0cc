import type { CastReel, ReplayCast } from './cast-reel.js';
import type { ReadReport } from './row-parser.js';
import type { TimingReport } from './timing-error.js';

export type Mode = 'stopped' | 'playing' | 'paused' | 'finished';

export interface StrandState {
  readonly strand: string;
  readonly castId: string;
  readonly title?: string;
  /** s of cast time; null before the first reading. */
  readonly position: number | null;
  /** s; null when it isn't known. */
  readonly duration: number | null;
  readonly percent: number | null;
  readonly sent: number;
  /** Rows of the file up to here that could not be used. */
  readonly skipped: number;
  readonly reasons: ReadReport['reasons'];
  readonly unreadableCells: number;
  readonly missingSensors: readonly string[];
  readonly problem: string | null;
}

/** What a replay tells of itself. */
export interface ReplayState {
  readonly state: Mode;
  readonly speed: number | 'unpaced';
  readonly loop: boolean;
  /** Times the casts have been played through. */
  readonly passes: number;
  /** s of cast time, and its share of the longest cast; until the first reading where a seek went, else null; or not known. */
  readonly position: number | null;
  readonly percent: number | null;
  readonly sent: number;
  readonly skipped: number;
  readonly strands: readonly StrandState[];
  readonly timing: TimingReport;
}

export function strandState({ source, position, sent, counts, error }: CastReel): StrandState {
  const { skipped, reasons, unreadableCells } = counts.report();
  return {
    ...waitingState(source),
    position,
    percent: percentOf(position, source.duration),
    sent,
    skipped,
    reasons,
    unreadableCells,
    problem: error?.message ?? source.problem,
  };
}

/** A strand whose cast is loaded and not begun. */
export function waitingState({ strand, cast, duration, missingSensors, problem }: ReplayCast): StrandState {
  return {
    strand,
    castId: cast.id,
    ...(cast.title === undefined ? {} : { title: cast.title }),
    position: null,
    duration,
    percent: null,
    sent: 0,
    skipped: 0,
    reasons: {},
    unreadableCells: 0,
    missingSensors,
    problem,
  };
}

/** What all strands together come to. */
export function sumOf(strands: readonly StrandState[]): { readonly sent: number; readonly skipped: number } {
  let [sent, skipped] = [0, 0];
  for (const strand of strands) {
    sent += strand.sent;
    skipped += strand.skipped;
  }
  return { sent, skipped };
}

export function percentOf(position: number | null, duration: number | null): number | null {
  if (position === null || duration === null) return null;
  return duration === 0 ? 100 : Math.min(100, Math.max(0, (100 * position) / duration));
}
