import { excusedSeconds, outcomeOf, type CastOutcome } from './alarm-episodes.js';
import type { ActiveAlarm } from './desk-run.js';
import { secondsOf, type CastTruth } from './truth.js';

/** What the alarms that reached the operator made of a cast: their active seconds, delays and deadband included. */
export function deskOutcome(truth: CastTruth, alarms: readonly ActiveAlarm[]): CastOutcome {
  const seconds = secondsOf(truth);
  const active = new Uint8Array(seconds);
  for (const { from, to, suppressed } of alarms)
    if (!suppressed) active.fill(1, Math.ceil(from), to === null ? seconds : Math.ceil(to));
  for (let second = 0; second < seconds; second++) if (truth.ignored[second] === 1) active[second] = 0;
  return outcomeOf(active, truth.events, excusedSeconds(truth.events, seconds));
}

/** How many alarms a shift sees, right or wrong. */
export interface AlarmCounts {
  /** Alarms that reached the operator. */
  readonly raised: number;
  readonly perStrandHour: number;
  /** Alarms kept off the operator's list by design. */
  readonly suppressed: number;
  /** Strand-hours, start-up and recoveries included. */
  readonly hours: number;
}

export function alarmCounts(
  truths: readonly CastTruth[],
  alarms: readonly (readonly ActiveAlarm[])[],
): AlarmCounts {
  const all = alarms.flat();
  const hours = truths.reduce((sum, truth) => sum + secondsOf(truth), 0) / 3600;
  const suppressed = all.filter((alarm) => alarm.suppressed).length;
  const raised = all.length - suppressed;
  return { raised, perStrandHour: raised / hours, suppressed, hours };
}
