import type { z } from 'zod';
import { shown } from '../errors.js';
import type { ConfigProblem, LineOf } from './config-yaml.js';
import { allowedAt, keysAllowedAt } from './allowed-values.js';
import { didYouMean } from './did-you-mean.js';
import { valueAt } from './setting-path.js';

type Issue = z.core.$ZodIssue;

/** The schema's complaints as one problem each: what is allowed there, what came, and where it is clear what to write. */
export function problemsOf(issues: readonly Issue[], raw: unknown, lineOf?: LineOf): ConfigProblem[] {
  return issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => unknownKey(issue.path, key, lineOf))
      : [problemOf(issue, raw, lineOf)],
  );
}

function unknownKey(path: readonly PropertyKey[], key: string, lineOf?: LineOf): ConfigProblem {
  const known = keysAllowedAt(path);
  const meant = didYouMean(key, known);
  const advice = meant === null ? `Known keys: ${known.join(', ')}.` : `Did you mean "${meant}"?`;
  return {
    line: lineOf?.(path, key) ?? null,
    path: pathText([...path, key]),
    message: `unknown key. ${advice}`,
  };
}

function problemOf(issue: Issue, raw: unknown, lineOf?: LineOf): ConfigProblem {
  const got = valueAt(raw, issue.path.map(String));
  const base = { line: lineOf?.(issue.path) ?? null, path: pathText(issue.path) };
  if (issue.code === 'custom') return { ...base, message: `${issue.message}.` };
  const expected = allowedAt(issue.path) ?? issue.message;
  if (got === undefined) return { ...base, message: `missing; expected ${expected}.` };
  return {
    ...base,
    message: [`expected ${expected}, got ${shown(got)}.`, advice(got, issue)].join(' ').trim(),
  };
}

/** What to write instead, where that can be told from what came. */
function advice(got: unknown, issue: Issue): string {
  if (issue.code === 'invalid_value' && typeof got === 'string') {
    const meant = didYouMean(got, issue.values.map(String));
    return meant === null ? '' : `Did you mean "${meant}"?`;
  }
  if (issue.code !== 'invalid_type' || typeof got !== 'string') return '';
  if (issue.expected === 'boolean') {
    if (/^(yes|on|true)$/i.test(got)) return 'Write true.';
    return /^(no|off|false)$/i.test(got) ? 'Write false.' : '';
  }
  if (issue.expected !== 'number') return '';
  const [, digits, percent] = /^\s*(-?\d+(?:[.,]\d+)?)\s*(%)?/.exec(got) ?? [];
  if (digits === undefined) return '';
  const number = Number(digits.replace(',', '.'));
  return `Write ${percent === undefined ? number : Number((number / 100).toPrecision(12))}.`;
}

/** `sensors[3].range` for people. */
function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((step, index) =>
      typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${String(step)}`,
    )
    .join('');
}
