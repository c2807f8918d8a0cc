import assert from 'node:assert/strict';
import { castClock } from '../../../nodes/widgets/format.js';
import { compared } from '../../../nodes/widgets/model-comparison.js';
import { sessionCsv } from '../../../nodes/widgets/session-export.js';

const T0 = Date.UTC(2026, 2, 2, 7);

describe('session as CSV', () => {
  const trends = {
    ...{ run: 1, isWhole: true, sensors: ['mold_level', 'a,b'], times: [T0, T0 + 5000] },
    ...{
      elapsed: [0, 5],
      positions: [0, null],
      values: [
        [100, null],
        [1, 2],
      ],
      quality: [[], []],
    },
    latest: { timestamp: T0, values: [], quality: {} },
  };
  const risk = {
    ...{ run: 1, isWhole: true, times: [T0 + 5000], ensemble: [0.5], baseline: [0.4] },
    ...{ sequence: [null], rules: [0] },
  };

  it('has a line per sample: sensors, and the risk last told; missing cells stay empty', () =>
    assert.equal(
      sessionCsv({ trends, risk, strand: '1' }),
      'time,strand,elapsed_s,position_m,mold_level,"a,b",risk_ensemble,risk_baseline,risk_sequence,risk_rules\n' +
        '2026-03-02T07:00:00.000Z,1,0,0,100,1,,,,\n' +
        '2026-03-02T07:00:05.000Z,1,5,,,2,0.5,0.4,,0\n',
    ));

  it('keeps the name of a strand from becoming a formula', () =>
    assert.match(sessionCsv({ trends, risk, strand: '=1+1' }), /,'=1\+1,/));

  it('has its head alone before the first reading', () =>
    assert.equal(sessionCsv({ trends: null, risk: null, strand: null }).split('\n').length, 3));
});

describe('comparison of the models', () => {
  const times = [0, 1, 2, 3].map((step) => T0 + 10_000 * step);
  const told = (onsets: readonly number[]) =>
    compared(
      { times, baseline: [0.1, 0.6, 0.9, null], sequence: [null, 0.1, 0.2, 0.3] },
      0.5,
      onsets,
      castClock,
    ).map(({ figure, baseline, sequence }) => [figure, baseline, sequence]);

  it('tells when each first spoke up, and how that was against the true begin', () =>
    assert.deepEqual(told([T0 + 5000]), [
      ['now', '–', '30 %'],
      ['highest', '90 %', '30 %'],
      ['first above the warning', '07:00:10', 'never'],
      ['against the true begin', '5 s after', '–'],
      ['time above the warning', '67 %', '0 %'],
    ]));

  it('knows of warnings before the begin, and of casts without an event', () => {
    assert.deepEqual(told([T0 + 30_000])[3], ['against the true begin', '20 s before', '–']);
    assert.deepEqual(told([])[3], ['against the true begin', 'no event', 'no event']);
  });
});
