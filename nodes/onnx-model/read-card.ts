import { isNode, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import { ModelError, shown } from '../lib/errors.js';
import { modelCardSchema, type ModelCard } from '../lib/model-card.js';

/**
 * The card in a YAML text. `file` names it in errors.
 * @throws ModelError MODEL_INVALID with file, line and key of the first thing that is wrong
 */
export function readCard(text: string, file: string): ModelCard {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [syntax] = document.errors;
  if (syntax !== undefined) {
    const [reason] = syntax.message.split('\n', 1);
    throw new ModelError('MODEL_INVALID', `${file}:${lines.linePos(syntax.pos[0]).line} no YAML: ${reason}`);
  }
  const parsed = modelCardSchema.safeParse(document.toJS());
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const key = issue.path.join('.') || 'card';
  throw new ModelError(
    'MODEL_INVALID',
    `${file}:${lineOf(document, issue.path, lines)} ${key}: ${issue.message}, got ${shown(valueAt(document, issue.path))}.`,
  );
}

type Path = z.core.$ZodIssue['path'];

const valueAt = (document: Document, path: Path): unknown => {
  const value = document.getIn(path);
  return isNode(value) ? value.toJSON() : value;
};

/** Line of the key, or of the nearest thing around it that is there. */
function lineOf(document: Document, path: Path, lines: LineCounter): number {
  for (let depth = path.length; depth >= 0; depth--) {
    const node = document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
