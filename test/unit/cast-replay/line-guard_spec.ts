import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LineGuard, MAX_LINE_BYTES } from '../../../nodes/cast-replay/line-guard.js';

/** What the guard lets through when the text comes in pieces of this size, and what it takes out. */
function guard(text: string, pieceBytes: number, lineEnd: '\n' | '\r' = '\n') {
  const bad: string[] = [];
  const lines = new LineGuard(lineEnd, (reason, line) => bad.push(`${line} ${reason}`));
  const bytes = Buffer.from(text);
  const out: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += pieceBytes)
    out.push(Buffer.from(lines.push(bytes.subarray(at, at + pieceBytes))));
  out.push(lines.finish());
  return { text: Buffer.concat(out).toString(), bad };
}
const long = 'x'.repeat(MAX_LINE_BYTES + 1);

describe('LineGuard', () => {
  const rows: readonly [name: string, text: string, kept: string, bad: string[]][] = [
    ['lets good lines through as they are', 'a,b\r\n1,"2"\r\n', 'a,b\r\n1,"2"\r\n', []],
    ['keeps a last line without an end', 'a\n1', 'a\n1', []],
    ['takes out a line whose quote never closes', 'a\n1,"2\n3\n', 'a\n\n3\n', ['2 quote-not-closed']],
    ['takes out a last line whose quote never closes', 'a\n1,"2', 'a\n', ['2 quote-not-closed']],
    ['lets doubled quotes through', 'a\n"say ""hi"""\n', 'a\n"say ""hi"""\n', []],
    ['takes out a line that is too long', `a\n${long}\nb\n`, 'a\n\nb\n', ['2 line-too-long']],
    ['takes out a last line that is too long', `a\n${long}`, 'a\n', ['2 line-too-long']],
    [
      'does not mind the quotes of a line that is too long',
      `a\n"${long}\nb\n`,
      'a\n\nb\n',
      ['2 line-too-long'],
    ],
    ['lets an empty file through', '', '', []],
  ];
  for (const [name, text, kept, bad] of rows)
    for (const piece of [1e9, 1000])
      it(`${name}, in pieces of ${piece}`, () => assert.deepEqual(guard(text, piece), { text: kept, bad }));

  it('says the same however the file is cut into pieces', () => {
    const text = fc
      .array(fc.constantFrom('1,2', '"a"', '"', '', 'ü;ö', '""'), { maxLength: 30 })
      .map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 20 }), (lines, piece) =>
        assert.deepEqual(guard(lines, piece), guard(lines, 1e9)),
      ),
    );
  });

  it('splits at carriage returns alone when the file is so written', () => {
    assert.deepEqual(guard('a\r"b\rc\r', 2, '\r'), { text: 'a\r\rc\r', bad: ['2 quote-not-closed'] });
  });
});
