/** Brings the open edit form of a node to life, row by row as its HTML says. */
import { fieldOf, rowOf } from './form-field.js';
import type { Words } from './form-words.js';
import { showInherited } from './inherited-values.js';
import { TypedField, type Option } from './typed-field.js';

/** Tells, now and whenever it changes, what a field can be chosen from. */
export type Offer = (tell: (options: readonly Option[]) => void) => void;

/** @param fields names of those that the node stores. @param offers by name of the field */
export function prepareForm(
  fields: readonly string[],
  offers: Readonly<Record<string, Offer>>,
  words: Words,
): void {
  const inherited = new Map<JQuery, TypedField | null>();
  for (const name of fields) {
    const field = fieldOf(name);
    const typed = field.is('[data-typed]') ? new TypedField(field, words) : null;
    nameButtons(field, words(`label.${name}`), words);
    if (field.is('[data-inherit]')) inherited.set(field, typed);
    if (typed !== null) offers[name]?.((options) => typed.offer(options));
  }
  showInherited(inherited, words);
}

/** Node-RED draws the buttons of a picker as links without a name that the keyboard can't reach. */
function nameButtons(picker: JQuery, label: string, words: Words): void {
  for (const act of ['edit', 'add']) {
    rowOf(picker)
      .find(`a[id$="-${act}"]`)
      .attr({ role: 'button', tabindex: 0, 'aria-label': words(`form.${act}`, { label }) })
      .on('keydown', function ({ key }) {
        if (key === 'Enter' || key === ' ') this.click();
      });
  }
}
