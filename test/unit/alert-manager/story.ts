/** What the specs of the alarm core have in common: settings, messages of evidence, and short stories told with them. */
import type { AlarmRecord } from '../../../nodes/lib/alarm.js';
import { castMs, wallMs, type WallMs } from '../../../nodes/lib/clock.js';
import type { AlarmDesk } from '../../../nodes/alert-manager/alarm-desk.js';
import type { Evidence } from '../../../nodes/alert-manager/evidence.js';
import type { Transition } from '../../../nodes/alert-manager/life-cycle.js';
import type { AlarmSettings } from '../../../nodes/alert-manager/settings.js';

export const SETTINGS: AlarmSettings = {
  thresholds: { warning: 0.5, critical: 0.8 },
  deadband: 0.05,
  onDelayMs: 0,
  offDelayMs: 0,
  source: 'ensemble',
  escalateAfterMs: 0,
  latenessMs: 2000,
  maxStrands: 4,
  history: 50,
  channels: ['log'],
  notifiedLevels: ['warning', 'critical'],
  words: new Map(),
};

/** The wall clock of the specs: it has nothing to do with cast time. */
export const WALL: WallMs = wallMs(1_700_000_000_000);

export const evidence = (seconds: number, risk: number | null, change: Partial<Evidence> = {}): Evidence => ({
  strand: '1',
  castId: 'c1',
  heat: null,
  grade: null,
  positionM: null,
  at: castMs(seconds * 1000),
  risk,
  payload: { probability: risk, method: 'weighted' },
  ...change,
});

/** `event:reason from>to level` */
export const told = ({ event, reason, from, record }: Transition): string =>
  `${event}:${reason} ${from}>${record.state} ${record.level}`;

/**
 * Plays `0=0.9 5=ack 10=- 15=0.2` on a desk: second = risk, `-` = no probability, `ack` = acknowledge all,
 * `@c2` = the cast from here on. Returns what was told.
 */
export function play(desk: AlarmDesk, story: string, settings: AlarmSettings = SETTINGS): string[] {
  let castId = 'c1';
  return story.split(' ').flatMap((word) => {
    if (word.startsWith('@')) {
      castId = word.slice(1);
      return [];
    }
    const [second, what] = word.split('=') as [string, string];
    if (what === 'ack') return acknowledgeAll(desk, settings).map(told);
    const risk = what === '-' ? null : Number(what);
    return desk.assess(evidence(Number(second), risk, { castId }), WALL, settings).map(told);
  });
}

export const acknowledgeAll = (desk: AlarmDesk, settings: AlarmSettings = SETTINGS): readonly Transition[] =>
  unacknowledged(desk).flatMap((record) => desk.acknowledge(record, 'Ann', '', WALL, settings));

export const unacknowledged = (desk: AlarmDesk): readonly AlarmRecord[] =>
  desk.book.open(null).filter((record) => !record.acknowledged);
