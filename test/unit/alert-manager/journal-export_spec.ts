import assert from 'node:assert/strict';
import { csvOf, type JournalRow } from '../../../nodes/alert-manager/journal-export.js';

/** The cell of the comment in the exported table, as a spreadsheet takes it: quotes taken off. */
function cellFor(comment: string): string {
  const row = { id: 'a1', value: 0.7, limit: null, comment } as unknown as JournalRow;
  const [, ...lines] = csvOf([row]).split('\r\n');
  // Before the comment stand seven columns that are empty here.
  const cell = lines.join('\r\n').replace(/^,{7}/, '');
  const quoted = /^"((?:[^"]|"")*)"/.exec(cell);
  return quoted === null ? cell.slice(0, cell.indexOf(',')) : quoted[1]!.replaceAll('""', '"');
}

describe('alarms exported as CSV', () => {
  const rows: readonly [name: string, comment: string, cell: string][] = [
    ['keep a plain comment', 'looked at it', 'looked at it'],
    ['keep commas, quotes and line ends', 'he said "no",\nthen left', 'he said "no",\nthen left'],
    ['show a formula as text', '=HYPERLINK("http://x.example")', `'=HYPERLINK("http://x.example")`],
    ['show a sum as text', '+1+cmd|x', `'+1+cmd|x`],
    ['show a difference as text', '-2+3', `'-2+3`],
    ['show a function as text', '@SUM(A1)', `'@SUM(A1)`],
    ['show what hides behind a tab as text', '\t=1', `'\t=1`],
  ];
  for (const [name, comment, cell] of rows) it(name, () => assert.equal(cellFor(comment), cell));
});
