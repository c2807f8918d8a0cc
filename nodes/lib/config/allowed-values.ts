/** What a schema allows at a path, in words, read from its JSON Schema so that it can't disagree with it. */
import { z } from 'zod';

export interface JsonSchema {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | false;
  readonly propertyNames?: JsonSchema;
  readonly items?: JsonSchema | false;
  readonly prefixItems?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}

/** Made once per schema: it takes 15 ms, and a form asks with every key that is typed. */
const madeOf = new WeakMap<z.ZodType, JsonSchema>();

/** The JSON Schema of what a person may write: keys with a default are optional. Not to be changed. */
export function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  const known = madeOf.get(schema);
  if (known !== undefined) return known;
  const made = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  madeOf.set(schema, made);
  return made;
}

/** The schemas that may apply at a path: several where the value may be of several kinds, none for an unknown path. */
export function schemasAt(root: JsonSchema, path: readonly PropertyKey[]): readonly JsonSchema[] {
  return path.reduce((schemas, step) => schemas.flatMap((schema) => below(schema, step)), kindsOf(root));
}

/** The kinds of value a schema allows; the schema itself when there is but one. */
export const kindsOf = (schema: JsonSchema): readonly JsonSchema[] =>
  (schema.anyOf ?? schema.oneOf)?.flatMap(kindsOf) ?? [schema];

/** Sections that come in variants are told apart by a key with one fixed word, such as `check: present`; none for others. */
export function variantOf({ properties = {} }: JsonSchema): readonly string[] {
  const fixed = Object.entries(properties).find(([, { const: word }]) => typeof word === 'string');
  return fixed === undefined ? [] : [`${fixed[0]}: ${String(fixed[1].const)}`];
}

function below(schema: JsonSchema, step: PropertyKey): readonly JsonSchema[] {
  const next =
    typeof step === 'number'
      ? (schema.prefixItems?.[step] ?? schema.items)
      : (schema.properties?.[String(step)] ?? schema.additionalProperties);
  return typeof next === 'object' ? kindsOf(next) : [];
}

/** `0..1`, `one of weighted, voting, max`, `a list of 1 or more items, each a whole number above 0`. */
export function allowedWords(schemas: readonly JsonSchema[]): string {
  const choices = schemas.map((schema) => schema.enum ?? (schema.const === undefined ? [] : [schema.const]));
  if (choices.length > 1 && choices.every((some) => some.length > 0))
    return `one of ${[...new Set(choices.flat().map(shownChoice))].join(', ')}`;
  return [...new Set(schemas.map(words))].join(' or ');
}

function words(schema: JsonSchema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return `one of ${schema.enum.map(shownChoice).join(', ')}`;
  if (schema.prefixItems !== undefined) return `a list of ${schema.prefixItems.length} values`;
  if (schema.type === 'number') return numberWords('a number', schema);
  if (schema.type === 'integer') return numberWords('a whole number', schema);
  if (schema.type === 'boolean') return 'true or false';
  if (schema.type === 'string') return 'a text';
  if (schema.type === 'array') return listWords(schema);
  return 'a mapping of keys';
}

/** Words as they are; marks such as a tab or a comma in quotes. */
const shownChoice = (choice: unknown): string =>
  typeof choice === 'string' && /^\w[\w-]*$/.test(choice) ? choice : JSON.stringify(choice);

function numberWords(kind: string, schema: JsonSchema): string {
  // Whole numbers come with the bounds of what a double holds exactly: no bounds for people.
  const minimum = (schema.minimum ?? -Infinity) > -Number.MAX_SAFE_INTEGER ? schema.minimum : undefined;
  const maximum = (schema.maximum ?? Infinity) < Number.MAX_SAFE_INTEGER ? schema.maximum : undefined;
  if (minimum !== undefined && maximum !== undefined)
    return kind === 'a number' ? `${minimum}..${maximum}` : `${kind} ${minimum}..${maximum}`;
  const bounds = [
    schema.exclusiveMinimum !== undefined ? `above ${schema.exclusiveMinimum}` : '',
    minimum !== undefined ? `of at least ${minimum}` : '',
    schema.exclusiveMaximum !== undefined ? `below ${schema.exclusiveMaximum}` : '',
    maximum !== undefined ? `up to ${maximum}` : '',
  ].filter(Boolean);
  return [kind, bounds.join(' and ')].filter(Boolean).join(' ');
}

function listWords({ minItems = 0, maxItems, items = {} }: JsonSchema): string {
  const count =
    maxItems !== undefined
      ? `${minItems}..${maxItems} items`
      : minItems > 0
        ? `${minItems} or more items`
        : 'items';
  return `a list of ${count}, each ${allowedWords(items === false ? [] : kindsOf(items))}`;
}
