/** The strand overview as lines of text: what counts as worst, and what is said of each. Pure. */
import type { AlarmRecord } from '../lib/alarm.js';
import type { SettingsContent, StrandSummary } from '../lib/dashboard.js';
import { featureWords } from '../lib/words/feature-words.js';
import { vocabularyOf, type Vocabulary } from '../lib/words/series-words.js';
import { levelOf, RANK, type Level } from './levels.js';

export interface StrandCard {
  readonly strand: string;
  readonly level: Level;
  readonly risk: number | null;
  readonly grade: string;
  readonly note: string;
  readonly toAcknowledge: number;
  readonly summary: StrandSummary;
}

/** Worst first: level of risk and alarms, then unacknowledged alarms; equals keep the order of their names, so that nothing jumps. */
export function strandCards(
  strands: readonly StrandSummary[],
  open: readonly AlarmRecord[],
  settings: SettingsContent | null,
  byName: (one: string, other: string) => number,
): readonly StrandCard[] {
  const words = vocabulary(settings);
  const limits = settings?.alerts.thresholds ?? { warning: 1, critical: 1 };
  return strands
    .map((summary) => {
      const alarms = open.filter(({ strand, state }) => strand === summary.strand && IN_SIGHT.has(state));
      const active = alarms.filter(({ condition }) => condition !== null);
      const level = worst([levelOf(summary.risk, limits), ...active.map((alarm) => alarm.level)]);
      return {
        strand: summary.strand,
        level,
        risk: summary.risk,
        grade: summary.grade ?? '',
        note: noteOf(summary, level, active[0], words),
        toAcknowledge: alarms.filter(({ state }) => state === 'UNACK' || state === 'RTNUN').length,
        summary,
      };
    })
    .sort(
      (one, other) =>
        RANK[other.level] - RANK[one.level] ||
        Number(other.toAcknowledge > 0) - Number(one.toAcknowledge > 0) ||
        byName(one.strand, other.strand),
    );
}

/** What the configuration calls its sensors, and in which units. */
export const vocabulary = (settings: SettingsContent | null): Vocabulary =>
  vocabularyOf(settings ?? { sensors: [], features: { derived: [] } });

/** Shelved, suppressed and out of service: put aside on purpose. */
const IN_SIGHT: ReadonlySet<string> = new Set(['UNACK', 'ACKED', 'RTNUN']);

/** A silent strand with an alarm is as bad as its alarm. */
const worst = (levels: readonly Level[]): Level =>
  levels.reduce((one, other) => (RANK[other] > RANK[one] ? other : one));

export const LONG_SILENT_MS = 15_000;

/** Until the longest window is full, the risk rests on a shorter past than the models were trained on. */
export const warmingUp = ({ seconds, of }: NonNullable<StrandSummary['warmUp']>): string =>
  `warming up, ${Math.round(seconds)} of ${Math.round(of)} s known`;

function noteOf(
  { risk, degraded, fallback, silentMs, warmUp, process, reason }: StrandSummary,
  level: Level,
  alarm: AlarmRecord | undefined,
  words: Vocabulary,
): string {
  if (silentMs > LONG_SILENT_MS) return `nothing heard for ${Math.round(silentMs / 1000)} s`;
  if (risk === null) return 'no model speaks';
  if (fallback) return 'rules only: no model speaks';
  if (degraded) return 'one model is silent';
  if (alarm !== undefined) return alarm.causes[0]?.text ?? 'no reason given';
  if (process[0] !== undefined) return process[0].text;
  if (warmUp !== null) return warmingUp(warmUp);
  if (level === 'normal' || reason === null) return 'nothing unusual';
  return featureWords(reason.feature, words).say(reason.value);
}
