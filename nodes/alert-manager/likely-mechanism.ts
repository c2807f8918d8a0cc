import type { LikelyMechanism } from '../lib/alarm.js';
import { isMechanism, MECHANISM_LABELS, type Mechanism } from '../lib/mechanisms.js';
import { explainedIn, type Explained } from './explained.js';
import { familyShares } from './cause-families.js';
import { columnOf } from './column.js';

/** Below it the evidence is too divided to name anything. */
const LEAST_SHARE = 0.35;

type Shares = ReadonlyMap<string, number>;
type Payload = Readonly<Record<string, unknown>>;

/**
 * The likely mechanism behind a risk, or null when nothing is told of it or the evidence is divided.
 *
 * The models know best: where they tell mechanisms apart, their shares are averaged by the weights of the ensemble. Else
 * the families of features that speak for a defect name it, and where no model spoke the rule with the highest score.
 */
export function likelyMechanism(payload: Payload): LikelyMechanism | null {
  const models = explainedIn(payload);
  const told = modelShares(models);
  if (told !== null) return named(told, 'models', models);
  const causes = familyShares(models);
  if (causes !== null) return named(causes, 'causes', models);
  const rules = ruleShares(payload.rules);
  return rules === null ? null : named(rules, 'rules', models);
}

/** Shares of the models that tell mechanisms apart, by weight; null when none does. */
function modelShares(models: readonly Explained[]): Shares | null {
  const shares = new Map<string, number>();
  for (const { weight, mechanisms } of models) {
    for (const [name, share] of Object.entries(mechanisms ?? {}))
      shares.set(name, (shares.get(name) ?? 0) + weight * Math.max(0, share));
  }
  return normalized(shares);
}

/** Highest score of each mechanism among the findings of the rules; null when none fired. */
function ruleShares(rules: unknown): Shares | null {
  const findings = (rules as { findings?: unknown } | null | undefined)?.findings;
  const shares = new Map<string, number>();
  for (const finding of Array.isArray(findings) ? (findings as unknown[]) : []) {
    const { mechanism, score } = (finding ?? {}) as Record<string, unknown>;
    if (isMechanism(mechanism) && typeof score === 'number' && score > 0)
      shares.set(mechanism, Math.max(score, shares.get(mechanism) ?? 0));
  }
  return normalized(shares);
}

function normalized(shares: Map<string, number>): Shares | null {
  const total = [...shares.values()].reduce((sum, share) => sum + share, 0);
  return total > 0 ? new Map([...shares].map(([name, share]) => [name, share / total])) : null;
}

function named(
  shares: Shares,
  by: LikelyMechanism['by'],
  models: readonly Explained[],
): LikelyMechanism | null {
  const [name, share] = [...shares].reduce((best, entry) => (entry[1] > best[1] ? entry : best));
  if (share < LEAST_SHARE) return null;
  const column = columnOf(name, models);
  const place = column === null ? '' : `, column ${column}`;
  return { name, share, column, by, text: `likely ${labelOf(name)}${place}` };
}

/** A mechanism that only the card knows goes by the name it has there. */
const labelOf = (name: string): string =>
  isMechanism(name) ? MECHANISM_LABELS[name satisfies Mechanism] : name.replaceAll('_', ' ');
