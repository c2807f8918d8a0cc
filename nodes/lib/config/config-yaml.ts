import { isMap, isPair, isSeq, LineCounter, parseDocument, type Node, type Pair } from 'yaml';
import { asError, shown } from '../errors.js';

/** What is wrong with a configuration, and where. `line` is null when there is no text to point at. */
export interface ConfigProblem {
  readonly line: number | null;
  /** `alerts.deadband`; empty for the file as a whole. */
  readonly path: string;
  readonly message: string;
}

/** Line of the deepest part of a path that the text holds; `key` asks for the line of that key below it. */
export type LineOf = (path: readonly PropertyKey[], key?: string) => number;

export interface ParsedYaml {
  readonly raw: unknown;
  readonly problems: readonly ConfigProblem[];
  readonly lineOf: LineOf;
}

/** Size of a configuration file beyond which it is taken for something else, in characters. The shipped one has 5,000. */
export const MAX_LENGTH = 200_000;

/** Uses of an anchor beyond which a small text could unfold into a huge tree ("billion laughs"). */
const MAX_ALIASES = 100;

/** One slip makes the parser stumble many times; the first ones tell. */
const MAX_SYNTAX_PROBLEMS = 3;

/** Parses YAML 1.2 into plain values that remember their lines. Never throws: what is wrong is in `problems`. */
export function parseYaml(text: string): ParsedYaml {
  if (text.length > MAX_LENGTH) {
    const message = `expected at most ${MAX_LENGTH} characters, got ${text.length}. Is it a configuration file?`;
    return { raw: null, problems: [{ line: null, path: '', message }], lineOf: () => 1 };
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
  const lineAt = (offset: number): number => lines.linePos(offset).line;
  const problems = [...document.errors, ...document.warnings]
    .slice(0, MAX_SYNTAX_PROBLEMS)
    .map(({ code, message, pos }) => ({
      line: lineAt(pos[0]),
      path: '',
      message:
        code === 'DUPLICATE_KEY'
          ? `the key ${shown(keyAt(text, pos[0]))} is given twice. Remove one.`
          : `not valid YAML: ${sentence(message)}`,
    }));
  if (problems.length === 0 && document.contents === null)
    problems.push({
      line: 1,
      path: '',
      message: 'expected a configuration, got nothing: the text is empty.',
    });
  let raw: unknown = null;
  if (problems.length === 0) {
    try {
      raw = document.toJS({ maxAliasCount: MAX_ALIASES });
    } catch (err) {
      problems.push({ line: 1, path: '', message: `not usable YAML: ${sentence(asError(err).message)}` });
    }
  }
  return {
    raw,
    problems,
    lineOf: (path, key) => lineAt(offsetOf(document.contents, key === undefined ? path : [...path, key])),
  };
}

const keyAt = (text: string, offset: number): string => /[^\s:]*/.exec(text.slice(offset))?.[0] ?? '';

/** The parser's words as one sentence for people. */
function sentence(message: string): string {
  const [first = ''] = message.split('\n');
  if (first.startsWith('Maximum call stack')) return 'nested too deeply.';
  return first.endsWith('.') ? first : `${first}.`;
}

/** Offset of the deepest part of the path; a mapping's value is found by its key, so that the key's line counts. */
function offsetOf(root: unknown, path: readonly PropertyKey[]): number {
  let offset = 0;
  let node: unknown = root;
  for (const step of path) {
    if (isMap(node)) {
      const pair: Pair | undefined = node.items.find(
        (item) => isPair(item) && String(item.key) === String(step),
      );
      if (pair === undefined) break;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      const item = node.items[Number(step)];
      if (item === undefined) break;
      offset = (item as Node).range?.[0] ?? offset;
      node = item;
    } else break;
  }
  return offset;
}
