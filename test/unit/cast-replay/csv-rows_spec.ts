import assert from 'node:assert/strict';
import fc from 'fast-check';
import { castColumns } from '../../../nodes/cast-replay/cast-columns.js';
import { dialectOf } from '../../../nodes/cast-replay/csv-dialect.js';
import { csvRows } from '../../../nodes/cast-replay/csv-rows.js';
import { ReadCounts, RowParser } from '../../../nodes/cast-replay/row-parser.js';
import { timeParser } from '../../../nodes/cast-replay/time-column.js';
import { csvSchema } from '../../../nodes/lib/config/streaming.js';

const HEADER = 't;level;Durchfluß';

/** All that comes of a text cut into pieces of these sizes: rows, what was skipped, and the pieces taken. */
async function read(text: string, sizes: readonly number[], stopAfter = Infinity) {
  const dialect = dialectOf(`${text}\n`, { delimiter: ';', decimal: ',' });
  const sensors = [{ name: 'level' }, { name: 'flow', column: 'Durchfluß' }];
  const counts = new ReadCounts();
  const parser = new RowParser(
    {
      columns: castColumns(HEADER.split(';'), sensors, csvSchema.parse({}), 'cast.csv'),
      sensors: sensors.map(({ name }) => name),
      decimal: ',',
      parseTime: timeParser('seconds', ',', 'UTC'),
      startMs: 0,
    },
    counts,
  );
  let taken = 0;
  let isClosed = false;
  async function* pieces(): AsyncGenerator<Buffer> {
    const bytes = Buffer.from(text);
    try {
      for (let at = 0; at < bytes.length; taken++) {
        const size = sizes[taken % sizes.length]!;
        yield await Promise.resolve(bytes.subarray(at, at + size));
        at += size;
      }
    } finally {
      isClosed = true;
    }
  }
  const rows: string[] = [];
  for await (const row of csvRows(pieces(), dialect, parser, counts)) {
    rows.push(JSON.stringify(row));
    if (rows.length >= stopAfter) break;
  }
  return { rows, report: counts.report(), taken, isClosed };
}

describe('csvRows', () => {
  it('gives the same rows however the file is cut into chunks', async () => {
    const line = fc.oneof(
      {
        weight: 4,
        arbitrary: fc.tuple(fc.nat(999), fc.nat(99), fc.nat(99)).map(([t, a, b]) => `${t};${a},5;${b}`),
      },
      fc.constantFrom('', '1;"2,5";3', '1;"2', '1;2', '1;2;3;4', ';2;3', 'x;y;z', '1;ü;3', '"1";"2";"3"'),
    );
    const text = fc
      .tuple(fc.array(line, { maxLength: 40 }), fc.constantFrom('\n', '\r\n'), fc.boolean())
      .map(([lines, end, isClosed]) => [HEADER, ...lines].join(end) + (isClosed ? end : ''));
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1 }),
        async (whole, sizes) => {
          const { rows, report } = await read(whole, sizes);
          const expected = await read(whole, [1e9]);
          assert.deepEqual([rows, report], [expected.rows, expected.report]);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('takes no more of the file than is asked for, and lets go of it', async () => {
    const text = [HEADER, ...Array.from({ length: 100_000 }, (_, second) => `${second};1,5;2`)].join('\n');
    const { rows, taken, isClosed } = await read(text, [1000], 5);
    assert.equal(rows.length, 5);
    // Streams buffer 64 KB on their way.
    assert.ok(taken < 100, `${taken} of ${text.length / 1000}`);
    assert.equal(isClosed, true);
  });
});
