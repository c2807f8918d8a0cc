/** What the specs of the alarm core have in common: settings, messages of evidence, and short stories told with them. */
import { ALARM_LEVELS, LEVEL_RANK, type AlarmLevel, type AlarmRecord } from '../../../nodes/lib/alarm.js';
import { castMs, wallMs, type WallMs } from '../../../nodes/lib/clock.js';
import type { AlarmDesk } from '../../../nodes/alert-manager/alarm-desk.js';
import type { AlarmRule } from '../../../nodes/alert-manager/alarm-rule.js';
import type { Evidence } from '../../../nodes/alert-manager/evidence.js';
import type { Transition } from '../../../nodes/alert-manager/life-cycle.js';
import { acknowledge, type OperatorTools } from '../../../nodes/alert-manager/operator.js';
import { passTime } from '../../../nodes/alert-manager/people-time.js';
import type { AlarmSettings } from '../../../nodes/alert-manager/settings.js';
import type { Convention } from '../../../nodes/alert-manager/standing.js';

/** Settings with a single rule, and what a spec says of that rule beside them. */
export interface Change extends Partial<Omit<AlarmSettings, 'rules'>> {
  readonly deadband?: number;
  readonly onDelayMs?: number;
  readonly offDelayMs?: number;
  readonly rule?: Partial<AlarmRule>;
  readonly convention?: Partial<Convention<AlarmLevel>>;
}

export const ruleWith = (change: Change = {}): AlarmRule => {
  const { thresholds = { warning: 0.5, critical: 0.8 }, deadband = 0.05 } = change;
  return {
    ...{ name: 'defect-risk', label: 'defect risk', source: 'ensemble' as const, scoreOf: null },
    ...{ sensors: null, strands: null, class: '', template: null, suppress: new Set(), channels: null },
    limits: ALARM_LEVELS.map((level) => ({ level, above: thresholds[level], deadband })),
    onDelayMs: change.onDelayMs ?? 0,
    offDelayMs: change.offDelayMs ?? 0,
    priority: { warning: 'medium', critical: 'urgent' },
    convention: {
      ...{ ranks: LEVEL_RANK, latches: false, asksConfirmation: false, standard: 'isa-18.2' as const },
      ...change.convention,
    },
    ...change.rule,
  };
};

const PLAIN: AlarmSettings = {
  rules: [],
  thresholds: { warning: 0.5, critical: 0.8 },
  ...{ escalateAfterMs: 0, supervisorAfterMs: 0, reAlarmMs: 0, firstOutMs: 60_000, inhibits: true },
  shelving: { usualMs: 900_000, longestMs: 3_600_000 },
  nuisance: { chatteringCycles: 3, chatteringMs: 60_000, fleetingMs: 10_000 },
  ...{ latenessMs: 2000, maxStrands: 4, history: 50 },
  notify: { channels: [], ratePerMinute: 0, inhibit: true },
  words: new Map(),
};

export const settingsWith = (change: Change = {}): AlarmSettings => {
  const own = Object.entries(change).filter(([key]) => key in PLAIN);
  return { ...PLAIN, ...Object.fromEntries(own), rules: [ruleWith(change)] };
};

export const SETTINGS = settingsWith();

/** The wall clock of the specs: it has nothing to do with cast time. */
export const WALL: WallMs = wallMs(1_700_000_000_000);

export const evidence = (seconds: number, risk: number | null, change: Partial<Evidence> = {}): Evidence => ({
  strand: '1',
  castId: 'c1',
  heat: null,
  grade: null,
  positionM: null,
  at: castMs(seconds * 1000),
  kind: 'ensemble',
  risk,
  ...{ riskOf: {}, rules: null, quality: null, process: null, health: null },
  payload: { probability: risk, method: 'weighted' },
  ...change,
});

/** `event:reason from>to level` */
export const told = ({ event, reason, from, record }: Transition): string =>
  `${event}:${reason} ${from}>${record.state} ${record.level}`;

/**
 * Plays `0=0.9 5=ack 10=- 15=0.2` on a desk: second = risk, `-` = no probability, `ack` = acknowledge all, `wait` = nothing
 * but time passes, `@c2` = the cast from here on. The wall clock goes along, a second for a second. Returns what was told.
 */
export function play(desk: AlarmDesk, story: string, settings: AlarmSettings = SETTINGS): string[] {
  let castId = 'c1';
  return story.split(' ').flatMap((word) => {
    if (word.startsWith('@')) {
      castId = word.slice(1);
      return [];
    }
    const [second, what] = word.split('=') as [string, string];
    const wall = wallMs(WALL + 1000 * Number(second));
    const passed = passTime(desk, wall, settings).map(told);
    if (what === 'wait') return passed;
    if (what === 'ack') return [...passed, ...acknowledgeAll(desk, settings, wall).map(told)];
    const risk = what === '-' ? null : Number(what);
    return [...passed, ...desk.assess(evidence(Number(second), risk, { castId }), wall, settings).map(told)];
  });
}

export const ANN = { by: 'Ann', comment: '' };

export const toolsFor = (
  desk: AlarmDesk,
  settings: AlarmSettings = SETTINGS,
  wall: WallMs = WALL,
): OperatorTools => ({ desk, settings, wall });

export const acknowledgeAll = (
  desk: AlarmDesk,
  settings: AlarmSettings = SETTINGS,
  wall: WallMs = WALL,
): readonly Transition[] =>
  unacknowledged(desk).flatMap((record) => acknowledge(record, ANN, toolsFor(desk, settings, wall)));

export const unacknowledged = (desk: AlarmDesk): readonly AlarmRecord[] =>
  desk.book.open(null).filter((record) => !record.acknowledged);
