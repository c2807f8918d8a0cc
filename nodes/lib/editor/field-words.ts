/** Says below a field, in words and while it is being typed, why what it holds can't be used. */

import type { EditorRED } from 'node-red';

declare const RED: EditorRED;

type Validator = (value: unknown, options?: unknown) => boolean | string;

/** @param type of the node; the validators of its definition return the reason as text */
export function sayProblems(type: string): void {
  const { defaults } = RED.nodes.getType(type) as unknown as { defaults: object };
  for (const [field, definition] of Object.entries(defaults) as [string, { validate?: Validator }][]) {
    const { validate } = definition;
    if (validate === undefined) continue;
    const input = $(`#node-input-${field}`);
    const words = $(
      '<div role="alert" style="margin: 2px 0 0 104px; color: var(--red-ui-text-color-error)">',
    );
    input.closest('.form-row').append(words);
    const check = (): void => {
      const verdict = validate(input.val());
      words.text(typeof verdict === 'string' ? verdict : '').toggle(typeof verdict === 'string');
    };
    input.on('input change', check);
    check();
  }
}
