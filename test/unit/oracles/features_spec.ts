import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkFeatures } from '../../oracles/check-features.js';

const FOLDER = join(__dirname, '..', '..', 'oracles', 'features');
const contentOf = (file: string): unknown => JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));

describe('golden vectors of the features', () => {
  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.json')))
    it(`${file} passes within its tolerances`, () => assert.deepEqual(checkFeatures(contentOf(file)), []));

  it('notice an answer that is off', () => {
    const file = contentOf('rolling-mould-level.json') as {
      windows: { expect: { std: (number | null)[] } }[];
    };
    const { std } = file.windows[0]!.expect;
    std[5] = std[5]! * (1 + 1e-7);
    assert.equal(checkFeatures(file).length, 1);
  });

  it('refuse a file of a kind that is not known', () => {
    assert.match(checkFeatures({ schema: 'rolling-9' })[0]!, /expected one of rolling-1/);
  });
});
