import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shipped } from '../../../nodes/lib/package-paths.js';
import { castCsv, csvHeader } from '../../../models/simulator/cast-csv.js';
import { writeCast, writeIndex } from '../../../models/simulator/cast-file.js';
import type { CastIndexEntry } from '../../../models/simulator/cast-record.js';
import { castInSeries } from '../../../models/simulator/cast-series.js';
import { channels, decimalsByChannel } from '../../../models/simulator/channels.js';
import { demoCastCount } from '../../../models/simulator/demo-casts.js';
import { drawPlan } from '../../../models/simulator/draw-plan.js';
import { eventTypes } from '../../../models/simulator/mechanisms/mechanism.js';
import { runCast } from '../../../models/simulator/run.js';

describe('a cast as CSV', () => {
  const plan = { ...drawPlan('train-5-2', 'train'), duration: 2400 };
  const cast = runCast({
    ...plan,
    sensorFaults: [{ type: 'dropout', id: 'fault-1', channel: 'tc_u2', onset: 1000, end: 1060 }],
  });
  const text = new TextDecoder().decode(castCsv(cast));
  const rows = text
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));

  it('has the columns of the specification, a row per second, and a last newline', () => {
    assert.equal(rows[0]!.join(), csvHeader);
    assert.equal(csvHeader.split(',').length, 27);
    assert.equal(rows.length, 1 + cast.duration);
    assert.ok(text.endsWith('\n') && rows.every((row) => row.length === 27));
  });

  it('holds every reading to the decimals of its sensor', () => {
    channels.forEach((channel, i) => {
      const half = 0.5000001 * 10 ** -decimalsByChannel[channel];
      cast.readings[channel].forEach((value, t) => {
        const cell = rows[t + 1]![i + 2]!;
        if (Number.isNaN(value)) assert.equal(cell, '');
        else assert.ok(cell !== '' && Math.abs(Number(cell) - value) <= half, `${channel} ${t} s: ${cell}`);
      });
    });
  });

  it('leaves a cell empty where a sensor was silent', () => {
    const column = rows[0]!.indexOf('tc_u2');
    assert.deepEqual(
      rows.slice(1).flatMap((row, t) => (row[column] === '' ? [t] : [])),
      Array.from({ length: 60 }, (_, t) => 1000 + t),
    );
  });

  it('tells the labels', () => {
    cast.labels.mechanism.forEach((mechanism, t) =>
      assert.deepEqual(rows[t + 1]!.slice(23), [
        mechanism > 0 ? '1' : '0',
        String(mechanism),
        String(cast.labels.ignore[t]),
        String(cast.labels.sensorFault[t]),
      ]),
    );
  });

  it('is the same to the byte on every machine', () => {
    const hash = createHash('sha256')
      .update(castCsv(runCast(plan)))
      .digest('hex');
    assert.equal(hash, '664a8a2da568df07baabfea43fd6e666a2d38c4ae8376135f7a34621cbf89fbc');
  });
});

describe('the demo set', () => {
  const index = (folder: string): { casts: CastIndexEntry[] } =>
    JSON.parse(readFileSync(join(folder, 'casts.json'), 'utf8')) as { casts: CastIndexEntry[] };

  it('is what the simulator makes, byte by byte', () => {
    const folder = mkdtempSync(join(tmpdir(), 'casts-'));
    try {
      const entries = Array.from({ length: demoCastCount }, (_, i) => {
        const { plan, heading } = castInSeries('demo', 1, i);
        return writeCast(folder, plan, heading);
      });
      writeIndex(folder, entries);
      const files = readdirSync(folder).sort();
      assert.deepEqual(readdirSync(shipped.casts()).sort(), files);
      for (const file of files)
        assert.ok(
          readFileSync(join(folder, file)).equals(readFileSync(join(shipped.casts(), file))),
          `${file} differs: npm run casts -- --split demo --out flows/casts`,
        );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('stays small enough to ship', () => {
    const sizes = readdirSync(shipped.casts()).map((file) => statSync(join(shipped.casts(), file)).size);
    assert.ok(sizes.reduce((sum, size) => sum + size, 0) < 6e6);
  });

  it('shows each kind of trouble once it is warmed up, and soon enough to watch', () => {
    const { casts } = index(shipped.casts());
    for (const { id, events, sensorFaults } of casts)
      for (const { onset } of [...events, ...sensorFaults])
        assert.ok(onset >= 800 && onset <= 1560, `${id}: ${onset} s`);
    const shown = new Set(casts.flatMap(({ events }) => events.map(({ type }) => type)));
    assert.deepEqual(
      eventTypes.filter((type) => !shown.has(type)),
      ['segregation'],
    );
  });

  it('has one cast with nothing wrong, and two strands that start together', () => {
    const { casts } = index(shipped.casts());
    const byId = new Map(casts.map((cast) => [cast.id, cast]));
    assert.deepEqual(byId.get('normal')!.events, []);
    const [one, two] = [byId.get('two-strands-1')!, byId.get('two-strands-2')!];
    assert.equal(one.start, two.start);
    assert.equal(one.heat, two.heat);
    assert.deepEqual([one.strand, two.strand], ['1', '2']);
  });
});
