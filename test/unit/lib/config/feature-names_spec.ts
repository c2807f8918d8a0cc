import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { planFeatures } from '../../../../nodes/feature-extract/feature-plan.js';
import { featureNames } from '../../../../nodes/lib/config/feature-names.js';
import { checkConfig, readConfig } from '../../../../nodes/lib/config/read-config.js';
import { shipped } from '../../../../nodes/lib/package-paths.js';

const { raw } = readConfig(readFileSync(shipped.config(), 'utf8'), 'realtime_inference.yaml');
const withFeatures = (change: object): ReturnType<typeof checkConfig> => {
  const { features, ...rest } = raw as { features: object };
  return checkConfig({ ...rest, rules: {}, features: { ...features, ...change } }, 'test');
};

describe('featureNames', () => {
  const rows: readonly [name: string, change: object][] = [
    ['of the shipped configuration', {}],
    ['without caster features', { physics: false, sequence: { channels: ['mold_level'] } }],
    [
      'with windows of its own for a caster feature and a sensor',
      { sensors: { sticker_index: { statistics: { max: [30, 90] } }, mold_level: { windows: [7] } } },
    ],
    ['with one list of statistics for all windows', { statistics: ['mean', 'p95'], windows: [20, 40] }],
    ['with a correlation', { correlations: [{ pair: ['tc_u1', 'tc_l1'], windows: [30] }] }],
  ];
  for (const [name, change] of rows)
    it(`are those that feature-extract computes, ${name}`, () => {
      const config = withFeatures(change);
      assert.deepEqual([...featureNames(config)].sort(), [...planFeatures(config).names].sort());
    });
});
