import { allowedWords, kindsOf, variantOf, type JsonSchema } from './allowed-values.js';

interface Row {
  readonly key: string;
  readonly allowed: string;
  readonly default: string;
  readonly meaning: string;
}

const HEAD = `# Configuration

Every key of the configuration file, with what it may be, its default and its meaning. The reference system's file is
\`flows/config/realtime_inference.yaml\`. This page and \`config.schema.json\` beside it are written by \`npm run schema\`
from the schema that the nodes check with; a test fails when they differ.

Precedence of every setting: live command > the node's own field > the file > default. A live change is kept over a
restart, and can be reset to the file. A file that is invalid never replaces a running one: the \`strand-config\` turns
red and says file, line, key and what is allowed, as in

    realtime_inference.yaml:41 alerts.deadband: expected 0..1, got "5%". Write 0.05.

A key that is unknown, given twice or misspelled is an error too, and so is the name of a sensor that is not listed
under \`sensors\`. Times are seconds of cast time unless said otherwise. \`[]\` stands for each item of a list, \`<name>\`
for a key that you choose. A file has at most 200,000 characters.

An editor that understands JSON Schema completes and checks while you type, when the file begins with
\`# yaml-language-server: $schema=<path of config.schema.json>\`. The form of \`strand-config\` checks by itself.
`;

/** `docs/configuration.md`, from the JSON Schema of the configuration. */
export function referencePage(schema: JsonSchema): string {
  const sections = Object.entries(schema.properties ?? {}).map(([name, section]) => {
    const isRequired = schema.required?.includes(name) ?? false;
    const about = section.description === undefined ? '' : `${section.description}\n\n`;
    const rows = rowsOf(name, section, isRequired).map(
      ({ key, allowed, default: preset, meaning }) => `| \`${key}\` | ${allowed} | ${preset} | ${meaning} |`,
    );
    return `## ${name}\n\n${about}| key | allowed | default | meaning |\n|---|---|---|---|\n${rows.join('\n')}\n`;
  });
  return [HEAD, ...sections].join('\n');
}

/** One row per key that holds a value; a section contributes the rows of its keys. */
function rowsOf(key: string, schema: JsonSchema, isRequired: boolean): Row[] {
  const kinds = kindsOf(schema);
  const sections = kinds.flatMap((kind) => keysWithin(key, kind));
  if (sections.length === 0) return [row(key, schema, kinds, isRequired)];
  const isPlainSection = kinds.length === 1 && kinds[0]!.properties !== undefined;
  return isPlainSection ? sections : [row(key, schema, kinds, isRequired), ...sections];
}

function keysWithin(key: string, schema: JsonSchema): Row[] {
  const { properties = {}, required = [], additionalProperties, items } = schema;
  const variant = variantOf(schema)
    .map((word) => ` (${word})`)
    .join('');
  const named = Object.entries(properties).flatMap(([name, inner]) =>
    rowsOf(`${key}${variant}.${name}`, inner, required.includes(name)),
  );
  const chosen =
    typeof additionalProperties === 'object' && hasKeys(additionalProperties)
      ? kindsOf(additionalProperties).flatMap((inner) => keysWithin(`${key}.<name>`, inner))
      : [];
  const listed =
    typeof items === 'object' && hasKeys(items)
      ? kindsOf(items).flatMap((inner) => keysWithin(`${key}[]`, inner))
      : [];
  return [...named, ...chosen, ...listed];
}

const hasKeys = (schema: JsonSchema): boolean =>
  kindsOf(schema).some((kind) => keysWithin('', kind).length > 0);

function row(key: string, schema: JsonSchema, kinds: readonly JsonSchema[], isRequired: boolean): Row {
  const preset = schema.default === undefined ? '' : cell(`\`${JSON.stringify(schema.default)}\``);
  const meanings = [schema.description, ...kinds.map(({ description }) => description)];
  return {
    key,
    allowed: cell(allowedWords(kinds)),
    default: preset !== '' ? preset : isRequired ? 'required' : 'left out',
    meaning: cell([...new Set(meanings.filter((meaning) => meaning !== undefined))].join('; ')),
  };
}

/** A table's columns end at bars. */
const cell = (text: string): string => text.replaceAll('|', '\\|');
