import { excusedSeconds } from './alarm-episodes.js';
import type { ActiveAlarm } from './desk-run.js';
import { drawn, percentileInterval, resamples, type Interval } from './resampling.js';
import { secondsOf, type CastTruth, type TrueFault } from './truth.js';

/** s after a fault in which an alarm is still put down to it: as long as after an event. */
const AFTERMATH = 120;

/** What faulty sensors do in casts in which nothing else is wrong. */
export interface FaultsAlone {
  /** Casts with faults and without anything that looks like a defect. */
  readonly casts: number;
  readonly faults: number;
  /** Faults without a product alarm from their onset until 120 s after their end. */
  readonly quiet: number;
  readonly share: number;
  /** Of `share`, 95 %, over casts. */
  readonly interval: Interval | null;
  readonly byType: Readonly<Record<string, { readonly faults: number; readonly quiet: number }>>;
}

interface Case {
  readonly type: string;
  readonly quiet: boolean;
}

/**
 * An alarm that began before the fault, or within 60 s before to 120 s after a true event (a cast without planned events may
 * still segregate), is not put down to the fault.
 * @returns null when no cast is such
 */
export function faultsAlone(
  truths: readonly CastTruth[],
  alarms: readonly (readonly ActiveAlarm[])[],
  replicates: number,
): FaultsAlone | null {
  const byCast = truths
    .map((truth, i) => ({ truth, alarms: alarms[i]! }))
    .filter(({ truth }) => truth.lookAlikes === 0 && truth.faults.length > 0)
    .map(({ truth, alarms: raised }) => casesOf(truth, raised));
  if (byCast.length === 0) return null;
  const cases = byCast.flat();
  const types = [...new Set(cases.map(({ type }) => type))].sort();
  const shares = resamples(byCast.length, replicates, 'faults alone').map((times) =>
    shareOf(drawn(byCast, times).flat()),
  );
  return {
    casts: byCast.length,
    ...countsOf(cases),
    share: shareOf(cases),
    interval: percentileInterval(shares),
    byType: Object.fromEntries(
      types.map((type) => [type, countsOf(cases.filter((one) => one.type === type))]),
    ),
  };
}

function casesOf(truth: CastTruth, alarms: readonly ActiveAlarm[]): Case[] {
  const excused = excusedSeconds(truth.events, secondsOf(truth));
  const unexplained = alarms.filter(({ from, suppressed }) => !suppressed && excused[Math.floor(from)] !== 1);
  const isQuiet = ({ onset, end }: TrueFault): boolean =>
    !unexplained.some(({ from }) => from >= onset && from <= end + AFTERMATH);
  return truth.faults.map((fault) => ({ type: fault.type, quiet: isQuiet(fault) }));
}

const countsOf = (cases: readonly Case[]): { faults: number; quiet: number } => ({
  faults: cases.length,
  quiet: cases.filter(({ quiet }) => quiet).length,
});

function shareOf(cases: readonly Case[]): number {
  const { faults, quiet } = countsOf(cases);
  return quiet / faults;
}
