import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listCasts } from '../../../nodes/cast-replay/cast-library-file.js';
import { castReadings } from '../../../nodes/cast-replay/cast-readings-file.js';
import { readConfig } from '../../../nodes/lib/config/read-config.js';
import type { BufferEvent } from '../../../nodes/sensor-buffer/buffer-report.js';
import { bufferSettings } from '../../../nodes/sensor-buffer/buffer-settings.js';
import { SensorBuffer } from '../../../nodes/sensor-buffer/sensor-buffer-core.js';
import { castFolder, removeCastFolders } from '../../support/cast-files.js';

const CONFIG = join(__dirname, '../../../flows/config/skab.yaml');

/** A recording in the form of the water test bed: semicolons, CRLF, local times with seconds left out, labels at the end. */
function recording(seconds: readonly number[]): string {
  const rows = seconds.map((second) => {
    const time = new Date(Date.UTC(2020, 2, 9, 10, 14, 33) + second * 1000)
      .toISOString()
      .slice(0, 19)
      .replace('T', ' ');
    return [
      time,
      0.0265 + second / 1e6,
      0.0401 - second / 1e6,
      1.33,
      0.0547,
      79.3 + second / 100,
      26.02,
      233.1,
      32.0,
      '0.0',
      '0.0',
    ].join(';');
  });
  const header =
    'datetime;Accelerometer1RMS;Accelerometer2RMS;Current;Pressure;Temperature;Thermocouple;Voltage;Volume Flow RateRMS;anomaly;changepoint';
  return [header, ...rows, ''].join('\r\n');
}

describe('a recording of another plant, with nothing but its YAML file', () => {
  afterEach(removeCastFolders);

  it('streams through replay and buffer: every gap told, no label and no NaN', async () => {
    const seconds = [0, 1, 2, 4, 5, 6, 60, 61, 62];
    const [cast] = await listCasts(castFolder({ '0.csv': recording(seconds) }));
    const { config } = readConfig(readFileSync(CONFIG, 'utf8'), CONFIG);
    const buffer = new SensorBuffer(bufferSettings(config));
    const gaps: number[] = [];
    const sent: (readonly [second: number, values: (number | null)[], worst: string | undefined])[] = [];
    const output = {
      reading: ({ cast, payload, quality }: Parameters<typeof buffer.accept>[0]) =>
        void sent.push([cast.elapsed, Object.values(payload), quality?.volume_flow]),
      event: (_strand: string, event: BufferEvent) =>
        void (event.event === 'gap' && gaps.push(event.seconds)),
    };
    for await (const message of castReadings(cast!, { sensors: config.sensors, csv: config.streaming.csv }))
      buffer.accept(message, output);
    assert.deepEqual(gaps, [1, 53]);
    assert.equal(sent.length, 63);
    assert.deepEqual(sent[0]![1], [0.0265, 0.0401, 1.33, 0.0547, 79.3, 26.02, 233.1, 32]);
    for (const [second, values, worst] of sent) {
      const isRecorded = seconds.includes(second);
      assert.equal(
        worst,
        isRecorded ? undefined : second === 3 || second <= 11 ? 'uncertain.held' : 'bad.missing',
      );
      assert.ok(values.every((value) => value === null || Number.isFinite(value)));
    }
  });
});
