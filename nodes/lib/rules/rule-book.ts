import type { RulesConfig } from '../config/rules.js';
import type { DeepReadonly } from '../config/schema.js';
import type { RuleAssessment, RuleFinding } from './rule-assessment.js';
import { scoreAt, type Points } from './rule-score.js';

interface Rule {
  readonly name: string;
  readonly label: string;
  readonly mechanism: string;
  readonly unit: string;
  readonly text: string;
  /** Place of its feature in the vector. */
  readonly feature: number;
  readonly points: Points;
  /** Value from which the score is above 0. */
  readonly limit: number;
}

/** Said when all is calm, and when no rule has anything to look at: shared, for nothing in it can change. */
const CALM: RuleAssessment = Object.freeze({ score: 0, findings: Object.freeze([]) });
const BLIND: RuleAssessment = Object.freeze({ score: null, findings: Object.freeze([]) });

/**
 * The rules of a configuration, ready to judge feature vectors. The highest score speaks for all of them: each was scaled by
 * the false alarms it gives alone, so equal scores mean equal trust. A rule whose feature is missing keeps silent.
 * Cost: a look-up and a few comparisons per rule; nothing is allocated while no rule fires.
 */
export class RuleBook {
  private readonly rules: readonly Rule[];

  /** @param names features in the order of the vectors; a rule on another feature is left out (the configuration's check names it) */
  constructor({ enabled, list }: DeepReadonly<RulesConfig>, names: readonly string[]) {
    this.rules = list
      .filter((rule) => enabled && rule.enabled && names.includes(rule.feature))
      .map(({ name, label = name, mechanism, unit, text, feature, points }) => ({
        name,
        label,
        mechanism,
        unit,
        text,
        feature: names.indexOf(feature),
        points,
        limit: firstAboveZero(points),
      }));
  }

  /** @param features in the order of the names; NaN where one can't be computed */
  judge(features: ArrayLike<number>): RuleAssessment {
    let findings: RuleFinding[] | null = null;
    let isBlind = true;
    for (let i = 0; i < this.rules.length; i++) {
      const rule = this.rules[i]!;
      const value = features[rule.feature]!;
      const score = scoreAt(rule.points, value);
      if (score !== score) continue;
      isBlind = false;
      if (score > 0) (findings ??= []).push(findingOf(rule, value, score));
    }
    if (findings === null) return isBlind ? BLIND : CALM;
    findings.sort((one, other) => other.score - one.score);
    return { score: findings[0]!.score, findings };
  }
}

const firstAboveZero = (points: Points): number =>
  points[Math.max(0, points.findIndex(([, score]) => score > 0) - 1)]![0];

function findingOf(
  { name, label, mechanism, unit, text, limit }: Rule,
  value: number,
  score: number,
): RuleFinding {
  const words: Readonly<Record<string, string>> = {
    label,
    unit,
    value: shortly(value),
    size: shortly(Math.abs(value)),
    percent: shortly(100 * Math.abs(value)),
    limit: shortly(limit),
    score: score.toFixed(2),
  };
  const filled = text.replace(
    /\{(label|value|size|percent|limit|unit|score)\}/g,
    (_, word: string) => words[word]!,
  );
  return { rule: name, label, mechanism, score, value, limit, text: filled.replace(/ +/g, ' ').trim() };
}

/** Three digits are what a person reads. */
const shortly = (value: number): string => String(Number(value.toPrecision(3)));
