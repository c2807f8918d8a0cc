import assert from 'node:assert/strict';
import { join } from 'node:path';
import { openCast } from '../../../nodes/cast-replay/cast-file.js';
import { ReadCounts, type CastRow } from '../../../nodes/cast-replay/row-parser.js';
import { csvSchema } from '../../../nodes/lib/config/streaming.js';
import { castCsv, castFolder, removeCastFolders } from '../../support/cast-files.js';

const SENSORS = [{ name: 'level' }, { name: 'flow', column: 'Flow Rate' }];

/** Writes the file, opens it and reads all of it. */
async function read(content: string | Buffer, csv: object = {}, startMs?: number) {
  const path = join(castFolder({ 'cast.csv': content }), 'cast.csv');
  const file = await openCast(path, {
    sensors: SENSORS,
    csv: csvSchema.parse(csv),
    ...(startMs === undefined ? {} : { startMs }),
  });
  const counts = new ReadCounts();
  const rows: CastRow[] = [];
  for await (const row of file.rows(counts)) rows.push(row);
  return { file, rows, report: counts.report() };
}
/** `elapsed:level/flow`, `-` for what is missing. */
const told = (rows: readonly CastRow[]): string[] =>
  rows.map(({ elapsed, reading }) => `${elapsed}:${reading.level ?? '-'}/${reading.flow ?? '-'}`);

describe('openCast', () => {
  afterEach(removeCastFolders);

  const ways: readonly [name: string, content: string | Buffer, csv?: object][] = [
    ['commas', 't,level,Flow Rate\n0,1.5,2\n1,2.5,3\n'],
    ['semicolons and CRLF', 't;level;Flow Rate\r\n0;1.5;2\r\n1;2.5;3\r\n'],
    ['decimal commas', 't;level;Flow Rate\n0;1,5;2\n1;2,5;3\n'],
    ['a byte-order mark', '\uFEFFt,level,Flow Rate\n0,1.5,2\n1,2.5,3\n'],
    ['quotes, also around the names', '"t","level","Flow Rate"\n"0","1.5","2"\n"1","2.5","3"\n'],
    ['quoted decimal commas', 't,level,Flow Rate\n0,"1,5",2\n1,"2,5",3\n'],
    ['no line end at the end', 't,level,Flow Rate\n0,1.5,2\n1,2.5,3'],
    ['empty lines', 't,level,Flow Rate\n\n0,1.5,2\n\n1,2.5,3\n\n'],
    ['carriage returns alone', 't,level,Flow Rate\r0,1.5,2\r1,2.5,3\r'],
    ['blanks around everything', ' t , level , Flow Rate \n 0 , 1.5 , 2 \n1, 2.5,3\n'],
    [
      'columns in another order, and more of them',
      'y_any,Flow Rate,t,x,level\n1,2,0,n/a,1.5\n1,3,1,n/a,2.5\n',
    ],
    ['seconds since 1970', 'time,level,Flow Rate\n1583748873,1.5,2\n1583748874,2.5,3\n'],
    ['milliseconds since 1970', 'timestamp,level,Flow Rate\n1583748873000,1.5,2\n1583748874000,2.5,3\n'],
    ['date and time', 'datetime,level,Flow Rate\n2020-03-09 10:14:33,1.5,2\n2020-03-09 10:14:34,2.5,3\n'],
    ['a time column of its own name', 'Zeit;level;Flow Rate\n0;1,5;2\n1;2,5;3\n', { time_column: 'Zeit' }],
  ];
  for (const [name, content, csv] of ways)
    it(`reads a file with ${name}`, async () => {
      const { rows, file, report } = await read(content, csv);
      assert.deepEqual(told(rows), ['0:1.5/2', '1:2.5/3']);
      assert.equal(file.duration, 1);
      assert.equal(report.skipped, 0);
    });

  it('adds the start of the cast to relative times only', async () => {
    const relative = await read('t,level\n0,1\n2.5,2\n', {}, 1_700_000_000_000);
    assert.deepEqual(
      relative.rows.map(({ timestamp }) => timestamp),
      [1_700_000_000_000, 1_700_000_002_500],
    );
    const absolute = await read('t,level\n1583748873,1\n', {}, 1_700_000_000_000);
    assert.deepEqual(
      absolute.rows.map(({ timestamp }) => timestamp),
      [1_583_748_873_000],
    );
  });

  it('takes local times in the time zone of the settings', async () => {
    const { rows } = await read('t,level\n2020-07-01 12:00:00,1\n', { time_zone: 'Europe/Vienna' });
    assert.equal(rows[0]!.timestamp, Date.parse('2020-07-01T10:00:00Z'));
  });

  it('reads the strand position, and leaves dropouts empty', async () => {
    const { rows } = await read('t,S_m,level,Flow Rate\n0,0.5,,2\n1,,3,\n');
    assert.deepEqual(told(rows), ['0:-/2', '1:3/-']);
    assert.deepEqual(
      rows.map(({ position }) => position),
      [0.5, undefined],
    );
  });

  it('forwards configured sensors only, never a label', async () => {
    const { rows } = await read(castCsv(2).replace('mold_level', 'level'));
    assert.deepEqual(Object.keys(rows[0]!.reading), ['level', 'flow']);
  });

  it('names configured sensors that the file does not have', async () => {
    const { file, rows } = await read('t,level\n0,1\n');
    assert.deepEqual(file.missingSensors, ['flow']);
    assert.deepEqual(told(rows), ['0:1/-']);
  });

  const skipped: readonly [
    name: string,
    lines: string[],
    expected: string[],
    reasons: Record<string, [number, number]>,
  ][] = [
    ['a row cut off', ['0,1,2', '1,2'], ['0:1/2'], { 'too-few-columns': [1, 3] }],
    [
      'ragged rows',
      ['0,1,2', '1,2,3,4', '2', '3,4,5'],
      ['0:1/2', '3:4/5'],
      { 'too-many-columns': [1, 3], 'too-few-columns': [1, 4] },
    ],
    [
      'a row without a time',
      ['0,1,2', ',2,3', 'soon,3,4', '3,4,5'],
      ['0:1/2', '3:4/5'],
      { 'no-time': [2, 3] },
    ],
    [
      'a quote that never closes',
      ['0,1,2', '1,"2,3', '2,3,4'],
      ['0:1/2', '2:3/4'],
      { 'quote-not-closed': [1, 3] },
    ],
    [
      'a field of 10 MB',
      ['0,1,2', `1,${'9'.repeat(1e7)},3`, '2,3,4'],
      ['0:1/2', '2:3/4'],
      { 'line-too-long': [1, 3] },
    ],
    [
      'a line of binary rubbish',
      ['0,1,2', ...new Array<string>(12_000).fill('1,2,3'), '\u0000\u0001\u0002', '2,3,4'],
      ['0:1/2', ...new Array<string>(12_000).fill('1:2/3'), '2:3/4'],
      { 'too-few-columns': [1, 12_003] },
    ],
  ];
  for (const [name, lines, expected, reasons] of skipped)
    it(`skips ${name}, tells why and where, and goes on`, async () => {
      const { rows, report } = await read(['t,level,Flow Rate', ...lines, ''].join('\n'));
      assert.deepEqual(told(rows), expected);
      assert.deepEqual(
        report.reasons,
        Object.fromEntries(
          Object.entries(reasons).map(([reason, [count, firstLine]]) => [reason, { rows: count, firstLine }]),
        ),
      );
    });

  it('makes a cell that is no number missing, and counts it', async () => {
    const { rows, report } = await read('t,level,Flow Rate\n0,hot,NaN\n1,1e999,#DIV/0!\n2,3,4\n');
    assert.deepEqual(told(rows), ['0:-/-', '1:-/-', '2:3/4']);
    assert.equal(report.unreadableCells, 4);
  });

  const unusable: readonly [name: string, content: string | Buffer, code: string, message: RegExp][] = [
    ['an empty file', '', 'CAST_INVALID', /empty/],
    ['a header and nothing else', 't,level\n', 'CAST_INVALID', /rows with a time/],
    ['a binary file', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]), 'CAST_INVALID', /binary data/],
    ['UTF-16', Buffer.from('\uFEFFt,level\n0,1\n', 'utf16le'), 'CAST_INVALID', /Save it as CSV in UTF-8/],
    [
      'no time column',
      'a,level\n0,1\n',
      'CAST_INVALID',
      /expected a time column one of t, time, timestamp, datetime, got "a, level"/,
    ],
    [
      'none of the sensors',
      't,a,b\n0,1,2\n',
      'CAST_INVALID',
      /columns of the configured sensors, got "t, a, b"/,
    ],
    ['times of no known form', 't,level\nMonday,1\nTuesday,2\n', 'CAST_INVALID', /time_format/],
    ['one line without end', 'x'.repeat(200_000), 'CAST_INVALID', /time column/],
  ];
  for (const [name, content, code, message] of unusable)
    it(`refuses ${name}, and tells what to do`, async () => {
      await assert.rejects(read(content), { code, message });
    });

  it('refuses a file that is not there, and a folder', async () => {
    const folder = castFolder({});
    const options = { sensors: SENSORS, csv: csvSchema.parse({}) };
    await assert.rejects(openCast(join(folder, 'none.csv'), options), { code: 'CAST_UNREADABLE' });
    await assert.rejects(openCast(folder, options), { code: 'CAST_UNREADABLE' });
  });

  it('reads a file of many chunks in full, and again from its start', async () => {
    const path = join(castFolder({ 'long.csv': castCsv(20_000).replace('mold_level', 'level') }), 'long.csv');
    const file = await openCast(path, { sensors: SENSORS, csv: csvSchema.parse({}) });
    for (let pass = 0; pass < 2; pass++) {
      let next = 0;
      for await (const { elapsed, reading } of file.rows()) {
        assert.deepEqual([elapsed, reading.level], [next, 100 + next]);
        next++;
      }
      assert.equal(next, 20_000);
    }
    assert.equal(file.duration, 19_999);
  });

  it('closes the file when the reader has had enough', async () => {
    const path = join(castFolder({ 'long.csv': castCsv(20_000).replace('mold_level', 'level') }), 'long.csv');
    const file = await openCast(path, { sensors: SENSORS, csv: csvSchema.parse({}) });
    for await (const { elapsed } of file.rows()) if (elapsed === 10) break;
    assert.ok(true, 'the loop ends only once the file is closed');
  });
});
