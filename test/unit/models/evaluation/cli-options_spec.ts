import assert from 'node:assert/strict';
import { parseOptions } from '../../../../models/evaluation/cli-options.js';

const options = (line: string) => parseOptions(line.split(' ').filter(Boolean), 2);

describe('options of npm run evaluate', () => {
  it('take what is shipped, a default set of casts and every core when nothing is said', () => {
    assert.deepEqual(options(''), {
      ...{ casts: null, faultsOnly: false, config: null, models: null, figures: null, json: false },
      ...{ prices: null, calibrate: false, replicates: 1000, workers: 2, quiet: false },
    });
  });

  it('are only help when help is asked for', () => assert.equal(options('--help'), null));

  it('take prices in any currency, and how often defects happen', () => {
    assert.deepEqual(options('--cost-missed 20000 --cost-false 300 --event-rate 0.5')?.prices, {
      ...{ missedEvent: 20000, falseAlarm: 300, eventRate: 0.5 },
    });
  });

  const refused: readonly [name: string, line: string, message: RegExp][] = [
    ['one price alone', '--cost-missed 100', /expected both prices/],
    ['a rate of events without prices', '--event-rate 1', /expected both prices/],
    ['a price that is none', '--cost-missed dear --cost-false 1', /--cost-missed: expected a number/],
    ['casts given and to be made', '--casts x --faults-only', /--faults-only: .*npm run casts/],
    ['too few resamples for an interval', '--bootstrap 5', /--bootstrap: expected/],
    ['half a process', '--workers 1.5', /--workers: expected a whole number/],
    ['an unknown option', '--cats x', /--cats.*See --help/],
  ];
  for (const [name, line, message] of refused)
    it(`refuse ${name}`, () => assert.throws(() => options(line), { code: 'FIELD_INVALID', message }));
});
