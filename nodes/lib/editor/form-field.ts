/** What the rows of an edit form have in common. */

/** The open form's field; an input or a select. */
export const fieldOf = (name: string): JQuery => $(`#node-input-${name}`);

/** The row that it stands in. */
export const rowOf = (field: JQuery): JQuery => field.closest('.strandwatch-row');

/** A value of the configuration as people read it. */
export const textOf = (value: unknown): string =>
  Array.isArray(value)
    ? value.join(', ')
    : value === '\t'
      ? 'tab'
      : typeof value === 'string'
        ? value
        : JSON.stringify(value);
