import { FieldError } from '../parse-field.js';
import { wordsOf, type Words } from './form-words.js';

/** Says why a value can't be used; Node-RED calls it with the node. */
export type Validator = (this: object, value: unknown, options?: unknown) => boolean;

/**
 * The rule a node's own parser has for one field, as a validator of the edit form: the same rule, written once.
 * Node-RED shows a text that a validator returns as the reason, if the validator takes two arguments: a text from
 * one that takes a single argument would count as true. Its types know only of true and false.
 */
export function checkField(
  type: string,
  field: string,
  parse: (fields: Readonly<Record<string, unknown>>) => unknown,
): Validator {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- Node-RED counts the arguments, see above
  return function (value, _options) {
    // What an environment variable holds is known only where the flow runs; the node checks it there.
    if (typeof value === 'string' && /^\$\{[A-Za-z_]\w*\}$/.test(value)) return true;
    try {
      parse({ [field]: value });
      return true;
    } catch (err) {
      return reasonOf(err, field, wordsOf(this, type)) as unknown as boolean;
    }
  };
}

/** The number rules in the user's language; what else can be wrong is rare, and said as the node says it. */
function reasonOf(err: unknown, field: string, words: Words): string {
  if (!(err instanceof FieldError)) return err instanceof Error ? err.message : String(err);
  const { min, max, integer = false, unit = '', or } = err.rule;
  const what = [
    words(integer ? 'form.whole' : 'form.number'),
    min === undefined ? '' : words('form.from', { min }),
    max === undefined ? '' : words('form.to', { max }),
    unit,
  ];
  const expected = what.filter(Boolean).join(' ') + (or === undefined ? '' : words('form.or', { or }));
  return words('form.expected', { label: words(`label.${field}`), expected, got: err.got });
}
