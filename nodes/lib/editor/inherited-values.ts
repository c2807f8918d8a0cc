/** Shows beside each field that may be left blank what the chosen configuration says, and the live changes that overrule it. */

/** Field of the form -> path of the setting it takes the place of. */
export type Inherited = Readonly<Record<string, string>>;

interface Answer {
  readonly values: Readonly<Record<string, unknown>>;
  readonly changes: readonly { readonly path: string; readonly value: unknown; readonly by: string }[];
}

/** `inherit` says "from the configuration"; `live` says that a live change counts more than the field. */
export interface InheritedWords {
  readonly inherit: string;
  readonly live: (change: { readonly value: string; readonly by: string }) => string;
}

/** Follows the picker of the configuration for as long as the form is open. */
export function showInherited(fields: Inherited, words: InheritedWords): void {
  const picker = $('#node-input-strandConfig');
  let latest = '';
  const show = (answer: Answer): void => {
    for (const [field, path] of Object.entries(fields)) {
      showValue($(`#node-input-${field}`), answer.values[path], words.inherit);
      showLive(
        field,
        answer.changes.find((change) => change.path === path),
        words,
      );
    }
  };
  const ask = (): void => {
    const id = String(picker.val() ?? '');
    latest = id;
    const nothing: Answer = { values: {}, changes: [] };
    if (id === '' || id === '_ADD_') return show(nothing);
    const paths = encodeURIComponent(Object.values(fields).join(','));
    void $.getJSON(`strandwatch/config/${encodeURIComponent(id)}/values?paths=${paths}`)
      // A configuration that isn't deployed yet has no values to show.
      .then(
        (answer: Answer) => answer,
        () => $.Deferred().resolve(nothing),
      )
      .then((answer: Answer) => {
        if (latest === id) show(answer);
      });
  };
  picker.on('change', ask);
  ask();
}

function showValue(input: JQuery, value: unknown, inherit: string): void {
  if (!input.is('select')) {
    input.attr('placeholder', value === undefined ? inherit : `${inherit}: ${textOf(value)}`);
    return;
  }
  const blank = input.find('option[value=""]');
  const own = input.find('option').filter((_index, option) => option.value === textOf(value));
  const word = own.length > 0 ? own.text() : textOf(value);
  const first = inherit.charAt(0).toUpperCase() + inherit.slice(1);
  blank.text(value === undefined ? first : `${first}: ${word}`);
}

function showLive(field: string, change: Answer['changes'][number] | undefined, words: InheritedWords): void {
  const id = `strandwatch-live-${field}`;
  $(`#${id}`).remove();
  if (change === undefined) return;
  const text = words.live({ value: textOf(change.value), by: change.by });
  $(`#node-input-${field}`)
    .closest('.form-row')
    .append($('<div class="form-tips" style="margin: 4px 0 0 104px">').attr('id', id).text(text));
}

const textOf = (value: unknown): string =>
  Array.isArray(value)
    ? value.join(', ')
    : value === '\t'
      ? 'tab'
      : typeof value === 'string'
        ? value
        : JSON.stringify(value);
