import type { WallMs } from '../../lib/clock.js';
import { isResolved, type Alert, type Labels } from './alert.js';

/** While an alert that matches `source` is firing, those that match `target` with equal labels are not told. */
export interface InhibitRule {
  readonly source: Labels;
  readonly target: Labels;
  readonly equal: readonly string[];
}

/**
 * Whether an alert is held back by another one. A missing label equals an empty one. What matches both sides of a rule
 * isn't inhibited by another that does, nor by itself. Source: Alertmanager, inhibit.InhibitRule.
 */
export function isInhibited(
  labels: Labels,
  rules: readonly InhibitRule[],
  alerts: Iterable<Pick<Alert<unknown>, 'labels' | 'endsAt'>>,
  now: WallMs,
): boolean {
  const applying = rules.filter(({ target }) => matches(labels, target));
  if (applying.length === 0) return false;
  for (const alert of alerts) {
    if (isResolved(alert, now)) continue;
    if (applying.some((rule) => inhibits(rule, alert.labels, labels))) return true;
  }
  return false;
}

function inhibits({ source, target, equal }: InhibitRule, by: Labels, labels: Labels): boolean {
  if (!matches(by, source)) return false;
  if (matches(labels, source) && matches(by, target)) return false;
  return equal.every((name) => labelOf(by, name) === labelOf(labels, name));
}

const matches = (labels: Labels, wanted: Labels): boolean =>
  Object.keys(wanted).every((name) => labelOf(labels, name) === wanted[name]);

const labelOf = (labels: Labels, name: string): string => (Object.hasOwn(labels, name) ? labels[name]! : '');
