import assert from 'node:assert/strict';
import { featureSpecHash } from '../../../nodes/lib/feature-spec.js';
import { configWith } from '../../support/config.js';

const level = { name: 'mold_level', unit: 'mm', range: [0, 200] };
const usual = featureSpecHash(configWith());

describe('hash of the feature specification', () => {
  const same: readonly [name: string, change: object][] = [
    ['the label of a sensor', { sensors: [{ ...level, label: 'Level' }] }],
    ['the column of a file', { sensors: [{ ...level, column: 'L' }] }],
    ['a threshold', { alerts: { thresholds: { warning: 0.4 } } }],
    ['how often the models run', { streaming: { inference_interval: 30 } }],
    ['a setting that says what is the default', { features: { baseline: 600 } }],
  ];
  for (const [name, change] of same)
    it(`does not mind ${name}`, () => assert.equal(featureSpecHash(configWith({ ...change })), usual));

  const other: readonly [name: string, change: object][] = [
    ['a range', { sensors: [{ ...level, range: [0, 300] }] }],
    ['a gap policy', { sensors: [{ ...level, gap: 'none' }] }],
    ['another sensor', { sensors: [level, { ...level, name: 'casting_speed' }] }],
    ['a window', { features: { windows: [30] } }],
    ['the length of the sequence', { features: { sequence: { length: 60 } } }],
    ['the time base', { streaming: { sample_interval: 2 } }],
  ];
  for (const [name, change] of other)
    it(`changes with ${name}`, () => assert.notEqual(featureSpecHash(configWith({ ...change })), usual));
});
