import assert from 'node:assert/strict';
import { defaults, parseConfig } from '../../../nodes/sensor-buffer/sensor-buffer.config.js';

describe('the fields of sensor-buffer', () => {
  it('leave the lateness to the configuration and send no windows when they are blank', () => {
    const { lateness, windowInterval } = parseConfig(defaults);
    assert.deepEqual([lateness, windowInterval], [undefined, 0]);
  });

  it('come as text from the editor', () => {
    const { lateness, windowInterval } = parseConfig({ lateness: '0', windowInterval: '30' });
    assert.deepEqual([lateness, windowInterval], [0, 30]);
  });

  const refused: readonly [field: string, value: unknown, told: RegExp][] = [
    ['lateness', '-1', /Lateness: expected a number from 0 to 3600 s/],
    ['lateness', 'late', /Lateness/],
    ['windowInterval', '1e9', /Window every: expected a number from 0 to 86400 s/],
  ];
  for (const [field, value, told] of refused)
    it(`refuse ${JSON.stringify(value)} for ${field}`, () =>
      assert.throws(() => parseConfig({ [field]: value }), { code: 'FIELD_INVALID', message: told }));
});
