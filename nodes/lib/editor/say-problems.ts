/** Says below a field, in words and while it is being typed, why what it holds can't be used. */
import type { Validator } from './check-field.js';
import { fieldOf, rowOf } from './form-field.js';

/** @param definitions of the node's fields; their validators return the reason as text */
export function sayProblems(
  node: object,
  definitions: Readonly<Record<string, { readonly validate?: Validator }>>,
): void {
  for (const [name, { validate }] of Object.entries(definitions)) {
    const field = fieldOf(name);
    // A tick can't be wrong.
    if (validate === undefined || field.length === 0 || field.is('[type=checkbox]')) continue;
    const id = `strandwatch-problem-${name}`;
    const words = $('<div class="strandwatch-said strandwatch-problem" role="alert">').attr('id', id);
    const row = rowOf(field).append(words);
    const check = (): void => {
      const verdict: unknown = validate.call(node, field.val());
      const isWrong = typeof verdict === 'string';
      words.text(isWrong ? verdict : '').toggle(isWrong);
      row
        .find('input, select, button')
        .attr({ 'aria-invalid': String(isWrong), 'aria-describedby': isWrong ? id : null });
    };
    field.on('input change keyup paste', check);
    check();
  }
}
