import type { WallMs } from '../../lib/clock.js';

/** What was last told of a group. */
export interface Told {
  readonly firing: ReadonlySet<string>;
  readonly resolved: ReadonlySet<string>;
  readonly at: WallMs;
}

/** Why people are told, or not. */
export type Verdict =
  | 'first'
  | 'new-firing'
  | 'all-resolved'
  | 'some-resolved'
  | 'repeat'
  | 'nothing-fired'
  | 'nothing-known-resolved'
  | 'unchanged';

export interface UpdateRules {
  /** Whether a return to normal is told while others of the group are still firing. */
  readonly sendResolved: boolean;
  readonly repeatIntervalMs: number;
}

/**
 * Whether a group is told again. Source: Alertmanager, notify.DedupStage.needsUpdate; its table is the spec of this.
 * The last resolution is `all-resolved` even without `sendResolved`: then it is only noted.
 */
export function verdictOn(
  told: Told | null,
  firing: ReadonlySet<string>,
  resolved: ReadonlySet<string>,
  { sendResolved, repeatIntervalMs }: UpdateRules,
  now: WallMs,
): Verdict {
  if (told === null) return firing.size > 0 ? 'first' : 'nothing-fired';
  if (!isSubset(firing, told.firing)) return 'new-firing';
  if (firing.size === 0) return told.firing.size > 0 ? 'all-resolved' : 'nothing-known-resolved';
  if (sendResolved && !isSubset(resolved, told.resolved)) return 'some-resolved';
  return told.at < now - repeatIntervalMs ? 'repeat' : 'unchanged';
}

const QUIET: readonly Verdict[] = ['nothing-fired', 'nothing-known-resolved', 'unchanged'];

export const isUpdate = (verdict: Verdict): boolean => !QUIET.includes(verdict);

function isSubset(some: ReadonlySet<string>, all: ReadonlySet<string>): boolean {
  for (const one of some) if (!all.has(one)) return false;
  return true;
}
