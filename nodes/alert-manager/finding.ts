import type { AlarmLevel, SecondOpinion } from '../lib/alarm.js';
import { badSensors, isRisk, type AlarmRule } from './alarm-rule.js';
import type { Limit } from '../lib/alarm-condition/condition.js';
import type { Evidence } from './evidence.js';
import type { Finding } from './life-cycle.js';
import { lookOf } from './attention-words.js';
import { likelyMechanism } from './likely-mechanism.js';
import type { Vocabulary } from '../lib/words/series-words.js';
import { causesOf, modelsOf } from './why.js';

/** Bad sensors, rules or reasons kept with an alarm: more than an operator reads at a glance. */
const DETAILS = 5;

/** What explains a value beyond a limit. */
export function findingOf(
  evidence: Evidence,
  value: number,
  { level, above: limit }: Limit<AlarmLevel>,
  rule: AlarmRule,
  words: Vocabulary,
): Finding {
  const risk = isRisk(rule);
  return {
    ...{ level, value, limit },
    models: risk ? modelsOf(evidence.payload) : [],
    causes: risk ? causesOf(evidence.payload, words) : [],
    details: detailsOf(rule, evidence, words).slice(0, DETAILS),
    mechanism: risk ? likelyMechanism(evidence.payload) : null,
    look: risk ? lookOf(evidence.payload) : null,
    secondOpinion: risk ? secondOpinionOf(evidence) : null,
  };
}

function detailsOf(rule: AlarmRule, evidence: Evidence, words: Vocabulary): readonly string[] {
  switch (rule.source) {
    case 'sensor-quality':
      return badSensors(rule, evidence).map((name) => words.get(name)?.label ?? name);
    case 'health':
      return evidence.health?.reasons ?? [];
    case 'rule':
      return (evidence.rules?.findings ?? [])
        .filter((finding) => rule.scoreOf === null || finding.rule === rule.scoreOf)
        .map(({ text, label }) => (typeof text === 'string' && text !== '' ? text : label));
    case 'ensemble':
    case 'baseline':
    case 'sequence':
      return [];
  }
}

/** Whether the deterministic rules see it too; null when they could not say. */
function secondOpinionOf({ rules }: Evidence): SecondOpinion | null {
  if (rules === null || rules.score === null) return null;
  const labels = rules.findings.map(({ label }) => label);
  return { agrees: labels.length > 0, score: rules.score, rules: labels.slice(0, DETAILS) };
}
