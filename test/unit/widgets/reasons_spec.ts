import assert from 'node:assert/strict';
import type { FeedState } from '../../../nodes/widgets/feed-state.js';
import { attentionBars, reasonsOfNow } from '../../../nodes/widgets/reasons.js';

const settings = {
  sensors: [{ name: 'tc_u1', label: 'Thermocouple upper 1', unit: '°C' }],
  features: { derived: [{ name: 'pull', unit: 'kN' }] },
};
const latest = {
  baseline: {
    contributions: [
      {
        feature: 'tc_u1.deviation.10s',
        value: 9,
        contribution: 0.5,
        normal: { low: -2, high: 3.25, grade: 'high_c' },
      },
      { feature: 'pull.slope.60s', value: -0.01, contribution: -1 },
    ],
  },
  sequence: { contributions: [{ feature: 'tc_u1', value: null, contribution: 0.25 }] },
};
const reasons = reasonsOfNow({ latest, settings } as unknown as FeedState);

describe('the reasons of the present', () => {
  it('are told in the words of the alarms, with units and the normal range, largest first', () =>
    assert.deepEqual(
      reasons.map(({ what, more, raises }) => [what, more, raises]),
      [
        ['Pull fell 0.6 kN in 60 s', 'baseline', false],
        ['Thermocouple upper 1: 9 °C above usual (10 s)', 'normal -2 to 3.3 °C for high_c · baseline', true],
        ['Thermocouple upper 1: missing', 'sequence', true],
      ],
    ));

  it('have bars as long as their share of the largest', () =>
    assert.deepEqual(
      reasons.map(({ share }) => share),
      [1, 0.5, 0.25],
    ));

  it('are none while no model explains itself', () =>
    assert.deepEqual(reasonsOfNow({ latest: null, settings: null }), []));
});

describe('attention', () => {
  it('is drawn against its highest part', () => assert.deepEqual(attentionBars([0.1, 0.2, 0]), [0.5, 1, 0]));
});
