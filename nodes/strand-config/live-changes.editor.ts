/** Lists the live changes in force, each with who made it and a button that takes it back to the file. */
import type { Translate } from './yaml-check.editor.js';

interface Change {
  readonly path: string;
  readonly value: unknown;
  readonly by: string;
  readonly at: string;
}

export function listLiveChanges(id: string, list: JQuery, translate: Translate): void {
  const url = `strandwatch/config/${encodeURIComponent(id)}/live`;
  const show = ({ changes }: { changes: readonly Change[] }): void => {
    list.empty();
    if (changes.length === 0) list.append($('<div>').text(translate('none')));
    for (const { path, value, by, at } of changes) {
      const when = new Date(at).toLocaleString();
      const text = translate('change', { path, value: JSON.stringify(value), by, when });
      const button = $('<button type="button" class="red-ui-button red-ui-button-small">')
        .text(translate('reset'))
        .on('click', () => reset(path));
      list.append($('<div style="margin-bottom: 4px">').append($('<span>').text(`${text} `), button));
    }
  };
  const fail = ({ responseJSON }: JQuery.jqXHR): void => {
    const { message } = (responseJSON ?? {}) as { message?: string };
    list.append($('<div>').text(message ?? translate('failed')));
  };
  const reset = (path: string): void =>
    void $.ajax({ url: `${url}?path=${encodeURIComponent(path)}`, type: 'DELETE' })
      .done(show)
      .fail(fail);
  void $.getJSON(url).done(show).fail(fail);
}
