import { problemsOf } from '../lib/config/config-problems.js';
import { parseYaml } from '../lib/config/config-yaml.js';
import { ModelError } from '../lib/errors.js';
import { modelCardSchema, type ModelCard } from '../lib/model-card.js';

/**
 * The card in a YAML text. `file` names it in errors.
 * @throws ModelError MODEL_INVALID with file, line, key and what is allowed, one line per problem
 */
export function readCard(text: string, file: string): ModelCard {
  const { raw, problems, lineOf } = parseYaml(text);
  const result = problems.length > 0 ? null : modelCardSchema.safeParse(raw);
  if (result?.success) return result.data;
  const said = (
    result === null ? problems : problemsOf(modelCardSchema, result.error.issues, raw, lineOf)
  ).map(
    ({ line, path, message }) =>
      `${[line === null ? file : `${file}:${line}`, path].filter(Boolean).join(' ')}: ${message}`,
  );
  throw new ModelError('MODEL_INVALID', said.join('\n'));
}
