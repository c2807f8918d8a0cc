/** Shows in each field that may be left blank what the chosen configuration says, and below it the live changes that overrule it. */
import { fieldOf, rowOf, textOf } from './form-field.js';
import type { Words } from './form-words.js';
import type { TypedField } from './typed-field.js';

interface Change {
  readonly path: string;
  readonly value: unknown;
  readonly by: string;
}

interface Answer {
  readonly values: Readonly<Record<string, unknown>>;
  readonly changes: readonly Change[];
}

/**
 * Follows the picker of the configuration for as long as the form is open.
 * @param fields that have `data-inherit`, the path of the setting they take the place of; the typed ones come as such
 */
export function showInherited(fields: ReadonlyMap<JQuery, TypedField | null>, words: Words): void {
  if (fields.size === 0) return;
  const picker = fieldOf('strandConfig');
  const pathOf = (field: JQuery): string => String(field.data('inherit'));
  const show = ({ values, changes }: Answer): void => {
    for (const [field, typed] of fields) {
      const value = values[pathOf(field)];
      if (typed === null) showInSelect(field, value, words);
      else showTyped(typed, field, value);
      showLive(
        field,
        changes.find(({ path }) => path === pathOf(field)),
        words,
      );
    }
  };
  let latest = '';
  const ask = (): void => {
    const id = String(picker.val() ?? '');
    latest = id;
    if (id === '' || id === '_ADD_') return show({ values: {}, changes: [] });
    const paths = encodeURIComponent([...fields.keys()].map(pathOf).join(','));
    void $.getJSON(`strandwatch/config/${encodeURIComponent(id)}/values?paths=${paths}`).done(
      (answer: Answer) => {
        if (latest === id) show(answer);
      },
    );
  };
  picker.on('change', ask);
  ask();
}

/** The names of a list are also what can be chosen from. */
function showTyped(typed: TypedField, field: JQuery, value: unknown): void {
  typed.inherit(value === undefined ? undefined : textOf(value));
  if (field.data('typed') === 'list' && Array.isArray(value))
    typed.offer(value.map((name) => ({ value: String(name), label: String(name) })));
}

function showInSelect(field: JQuery, value: unknown, words: Words): void {
  const own = field.find('option').filter((_index, option) => option.value === textOf(value));
  const word = own.length > 0 ? own.text() : textOf(value);
  field
    .find('option[value=""]')
    .text(value === undefined ? words('form.inherit') : words('form.inheritValue', { value: word }));
}

function showLive(field: JQuery, change: Change | undefined, words: Words): void {
  const row = rowOf(field);
  row.children('.form-tips').remove();
  if (change === undefined) return;
  const text = words('form.live', { value: textOf(change.value), by: change.by });
  row.append($('<div class="form-tips strandwatch-said">').text(text));
}
