/**
 * The edit forms are written one line a field; here each line becomes the row that Node-RED's editor wants, so that all
 * forms look and behave alike. A row is `<sw-KIND field="..." icon="...">` with a closing tag; kinds:
 *
 * - `text`, `choice`, `check`, `picker` (of a config node): Node-RED's plain fields;
 * - `number`, `words`, `list`: typed inputs, see `nodes/lib/editor/typed-field.ts`.
 *
 * | attribute | what it says |
 * |---|---|
 * | `inherit` | path of the setting that counts when the field is left blank |
 * | `blank` | leaving it blank means something else, told by the text `blank.FIELD` |
 * | `unit` | shown behind the field; without a value the text `unit.FIELD` is |
 * | `choices` | values of a choice, or words that may stand for a number, each told by the text `FIELD.VALUE`, or by `FIELD.NAME` for `NAME=VALUE` |
 * | `config` | the form is that of a config node |
 */
const ROW = /<sw-(\w+)((?:\s+[\w-]+(?:="[^"]*")?)*)\s*><\/sw-\1>/g;
const ATTRIBUTE = /([\w-]+)(?:="([^"]*)")?/g;

/** @param style of all forms; it is there as long as a form is open */
export function expandRows(form, type, style = '') {
  const rows = form.replace(ROW, (_row, kind, attributes) => {
    const given = Object.fromEntries(
      [...attributes.matchAll(ATTRIBUTE)].map(([, key, value]) => [key, value ?? '']),
    );
    return rowOf(kind, given, type);
  });
  const stray = /<sw-[^>]*>/.exec(rows);
  if (stray !== null) throw new Error(`${type}.html: no such row as ${stray[0]}`);
  return style === '' ? rows : `<style>\n${style}</style>\n${rows}`;
}

function rowOf(kind, { field, icon, unit, config, ...rest }, type) {
  const id = `node-${config === undefined ? '' : 'config-'}input-${field}`;
  const control = CONTROLS[kind]?.({ id, field, type, ...rest });
  if (control === undefined) throw new Error(`${type}.html: no row of the kind ${kind}`);
  return `<div class="form-row strandwatch-row">
  <label for="${id}"><i class="fa fa-${icon}" aria-hidden="true"></i> <span data-i18n="${type}.label.${field}"></span></label>
  ${control}${unitOf(unit, `${type}.unit.${field}`)}
</div>`;
}

function unitOf(unit, key) {
  if (unit === undefined) return '';
  return unit === ''
    ? `\n  <span class="strandwatch-unit" data-i18n="${key}"></span>`
    : `\n  <span class="strandwatch-unit">${unit}</span>`;
}

const CONTROLS = {
  text: ({ id, type, field }) =>
    `<input type="text" id="${id}" data-i18n="[placeholder]${type}.placeholder.${field}">`,
  picker: ({ id }) => `<input type="text" id="${id}">`,
  check: ({ id }) => `<input type="checkbox" id="${id}">`,
  choice: ({ id, type, field, choices, inherit }) => {
    const blank =
      inherit === undefined ? [] : [`<option value="" data-i18n="${type}.form.inherit"></option>`];
    const options = choices
      .split(' ')
      .map((choice) => /^(\w+)=(.+)$/.exec(choice) ?? ['', choice, choice])
      .map(([, name, value]) => `<option value="${value}" data-i18n="${type}.${field}.${name}"></option>`);
    return `<select id="${id}"${data({ inherit })}>${[...blank, ...options].join('')}</select>`;
  },
  number: (given) => typed('number', given),
  words: (given) => typed('words', given),
  list: (given) => typed('list', given),
};

const typed = (kind, { id, field, inherit, blank, choices }) =>
  `<input type="text" id="${id}"${data({ typed: kind, field, inherit, blank, choices })}>`;

const data = (entries) =>
  Object.entries(entries)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` data-${key}="${value}"`)
    .join('');
