import type { z } from 'zod';
import { shown } from '../errors.js';
import type { ConfigProblem, LineOf } from './config-yaml.js';
import { allowedWords, jsonSchemaOf, schemasAt, variantOf, type JsonSchema } from './allowed-values.js';
import { didYouMean } from './did-you-mean.js';
import { valueAt } from './setting-path.js';

/** Problems put into words, each of which must find its line: a file of another kind has thousands. */
const MAX_PROBLEMS = 50;

type Issue = z.core.$ZodIssue;

/**
 * The schema's complaints as one problem each, in the order of the lines: what is allowed there, what came, and what
 * to write where that can be told.
 */
export function problemsOf(
  schema: z.ZodType,
  issues: readonly Issue[],
  raw: unknown,
  lineOf?: LineOf,
): ConfigProblem[] {
  const root = jsonSchemaOf(schema);
  const problems = issues
    .flatMap(withinKind)
    .slice(0, MAX_PROBLEMS)
    .flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.slice(0, MAX_PROBLEMS).map((key) => unknownKey(root, issue.path, key, lineOf))
        : [problemOf(root, issue, raw, lineOf)],
    );
  return problems.sort((one, other) => (one.line ?? 0) - (other.line ?? 0));
}

/** Where a value may be of several kinds and came as one of them, what is wrong within that kind. */
function withinKind(issue: Issue): readonly Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const ofThisKind = issue.errors.filter(
    (errors) => !errors.some(({ code, path }) => code === 'invalid_type' && path.length === 0),
  );
  if (ofThisKind.length !== 1) return [issue];
  return ofThisKind[0]!
    .map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }))
    .flatMap(withinKind);
}

const keysOf = ({ properties, propertyNames }: JsonSchema): string[] => [
  ...Object.keys(properties ?? {}),
  ...(propertyNames?.enum ?? []).map(String),
];

function unknownKey(
  root: JsonSchema,
  path: readonly PropertyKey[],
  key: string,
  lineOf?: LineOf,
): ConfigProblem {
  const schemas = schemasAt(root, path);
  const known = [...new Set(schemas.flatMap(keysOf))];
  return {
    line: lineOf?.(path, key) ?? null,
    path: pathText([...path, key]),
    message: `unknown key. ${keyAdvice(key, known, schemas)}`,
  };
}

function keyAdvice(key: string, known: readonly string[], schemas: readonly JsonSchema[]): string {
  const elsewhere = schemas.filter((schema) => keysOf(schema).includes(key)).flatMap(variantOf);
  if (elsewhere.length > 0) return `It goes with ${elsewhere.join(' or ')} only.`;
  const meant = didYouMean(key, known);
  return meant === null ? `Known keys: ${known.join(', ')}.` : `Did you mean "${meant}"?`;
}

function problemOf(root: JsonSchema, issue: Issue, raw: unknown, lineOf?: LineOf): ConfigProblem {
  const place = { line: lineOf?.(issue.path) ?? null, path: pathText(issue.path) };
  const got = valueAt(raw, issue.path.map(String));
  if (issue.code === 'custom') {
    const isSentence = issue.message.endsWith('.') || issue.message.endsWith('?');
    return { ...place, message: isSentence ? issue.message : `${issue.message}, got ${shown(got)}.` };
  }
  const schemas = schemasAt(root, issue.path);
  const isFormat = issue.code === 'invalid_format';
  const expected = isFormat || schemas.length === 0 ? issue.message : allowedWords(schemas);
  if (got === undefined) return { ...place, message: `missing; expected ${expected}.` };
  return { ...place, message: `expected ${expected}, got ${shown(got)}.${advice(got, schemas)}` };
}

/** What to write instead, where that can be told from what came. */
function advice(got: unknown, schemas: readonly JsonSchema[]): string {
  if (got === null) return ' Write a value after the colon, or remove the key.';
  if (typeof got !== 'string') return '';
  const types = schemas.map(({ type }) => type);
  const choices = schemas.flatMap((schema) => schema.enum ?? schema.const ?? []).map(String);
  const meant = didYouMean(got, choices);
  if (meant !== null) return ` Did you mean "${meant}"?`;
  if (types.includes('boolean')) {
    if (/^(yes|on|true|y)$/i.test(got)) return ' Write true.';
    if (/^(no|off|false|n)$/i.test(got)) return ' Write false.';
  }
  return types.includes('number') || types.includes('integer') ? numberAdvice(got) : '';
}

/** `5%`, `0,05` and `30 s` as the number that was probably meant. */
function numberAdvice(got: string): string {
  const [, digits, percent] = /^\s*(-?\d+(?:[.,]\d+)?)\s*(%)?/.exec(got) ?? [];
  if (digits === undefined) return '';
  const number = Number(digits.replace(',', '.'));
  // 12 digits hide what division leaves behind: 7 % is 0.07, not 0.07000000000000001.
  return ` Write ${percent === undefined ? number : Number((number / 100).toPrecision(12))}.`;
}

/** `sensors[3].range` for people. */
function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((step, index) =>
      typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${String(step)}`,
    )
    .join('');
}
