/** What the schema allows at a path, in words, read from its JSON Schema so that it can't disagree with it. */
import { z } from 'zod';
import { configSchema } from './schema.js';

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
  readonly items?: JsonSchema;
  readonly prefixItems?: readonly JsonSchema[];
}

/** The JSON Schema of what a person may write: keys with a default are optional. */
export const configJsonSchema = (): JsonSchema =>
  z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;

/** `0..1`, `one of weighted, voting, max`, `a list of 1 or more whole numbers`; null where the schema has no such path. */
export function allowedAt(path: readonly PropertyKey[]): string | null {
  const schema = schemaAt(path);
  return schema === null ? null : allowed(schema);
}

/** The keys the mapping at a path may have. */
export function keysAllowedAt(path: readonly PropertyKey[]): string[] {
  return Object.keys(schemaAt(path)?.properties ?? {});
}

function schemaAt(path: readonly PropertyKey[]): JsonSchema | null {
  let schema: JsonSchema | undefined = configJsonSchema();
  for (const step of path) {
    if (typeof step === 'number') schema = schema?.prefixItems?.[step] ?? schema?.items;
    else schema = schema?.properties?.[String(step)] ?? openProperties(schema);
  }
  return schema ?? null;
}

const openProperties = (schema: JsonSchema | undefined): JsonSchema | undefined =>
  typeof schema?.additionalProperties === 'object' ? schema.additionalProperties : undefined;

/** What a value of this schema may be, in words. */
export function allowed(schema: JsonSchema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return `one of ${schema.enum.join(', ')}`;
  if (schema.prefixItems !== undefined) return `a list of ${schema.prefixItems.length} values`;
  if (schema.type === 'number') return numberWords('a number', schema);
  if (schema.type === 'integer') return numberWords('a whole number', schema);
  if (schema.type === 'boolean') return 'true or false';
  if (schema.type === 'string')
    return schema.pattern === undefined ? 'a text' : `a text like ${schema.pattern}`;
  if (schema.type === 'array') return listWords(schema);
  return 'a mapping of keys';
}

function numberWords(kind: string, schema: JsonSchema): string {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  const most = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? maximum : undefined;
  if (minimum !== undefined && minimum > -Number.MAX_SAFE_INTEGER && most !== undefined)
    return kind === 'a number' ? `${minimum}..${most}` : `${kind} ${minimum}..${most}`;
  const bounds = [
    exclusiveMinimum !== undefined ? `above ${exclusiveMinimum}` : '',
    minimum !== undefined && minimum > -Number.MAX_SAFE_INTEGER ? `of at least ${minimum}` : '',
    exclusiveMaximum !== undefined ? `below ${exclusiveMaximum}` : '',
    most !== undefined ? `up to ${most}` : '',
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
  return `a list of ${count}, each ${allowed(items)}`;
}
