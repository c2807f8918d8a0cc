import assert from 'node:assert/strict';
import { defaults, parseConfig } from '../../../nodes/cast-replay/cast-replay.config.js';

describe('the fields of cast-replay', () => {
  it('leave the word to the configuration when they are blank', () => {
    const { speed, strands, csv, loop, autostart, startOffset, batch, casts } = parseConfig(defaults);
    assert.deepEqual([speed, strands, csv, casts], [undefined, undefined, {}, []]);
    assert.deepEqual([loop, autostart, startOffset, batch], [false, true, 0, 10]);
  });

  it('come as text from the editor and from environment variables', () => {
    const { speed, strands, loop, startOffset } = parseConfig({
      speed: '60',
      strands: '3',
      loop: 'true',
      startOffset: '12.5',
    });
    assert.deepEqual([speed, strands, loop, startOffset], [60, 3, true, 12.5]);
  });

  it('take unpaced for a speed, and say how files are written', () => {
    assert.equal(parseConfig({ speed: 'unpaced' }).speed, Infinity);
    assert.deepEqual(
      parseConfig({ delimiter: 'tab', decimal: ',', timeColumn: ' Zeit ', timeFormat: 'iso' }).csv,
      {
        delimiter: '\t',
        decimal: ',',
        time_column: 'Zeit',
        time_format: 'iso',
      },
    );
  });

  const refused: readonly [field: string, value: unknown, told: RegExp][] = [
    ['speed', '0.01', /Speed: expected a number from 0.1 to 1000, or unpaced, got "0.01"/],
    ['speed', '1001', /Speed/],
    ['speed', 'fast', /Speed/],
    ['strands', '0', /Strands: expected a whole number from 1 to 1000/],
    ['strands', '1.5', /Strands/],
    ['batch', '0', /Batch size/],
    ['startOffset', '-1', /Start offset: expected a number from 0 s/],
    ['loop', 'perhaps', /Loop: expected true or false/],
    ['delimiter', '::', /Delimiter: expected one of/],
    ['timeFormat', 'unix', /Time format: expected one of auto, seconds/],
    ['casts', 's1=', /Casts: expected cast ids/],
  ];
  for (const [field, value, told] of refused)
    it(`refuse ${JSON.stringify(value)} for ${field}`, () =>
      assert.throws(() => parseConfig({ [field]: value }), { code: 'FIELD_INVALID', message: told }));
});
