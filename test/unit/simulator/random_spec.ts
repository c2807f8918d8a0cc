import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Random } from '../../../models/simulator/random.js';
import { castSeed, splitProfiles, type Split } from '../../../models/simulator/splits.js';
import { correlation, mean, deviation } from './statistics.js';

const draws = (key: string, n = 20_000): Float64Array => {
  const random = new Random(key);
  return Float64Array.from({ length: n }, () => random.normal());
};

describe('random streams', () => {
  it('repeat for the same key', () => {
    assert.deepEqual(draws('a', 10), draws('a', 10));
  });

  it('are pinned: these are the numbers on every machine', () => {
    const random = new Random('strand');
    const drawn = [random.uniform(), random.uniform(), random.integer(1, 6), random.poisson(2)];
    assert.deepEqual(drawn, [0.36460320418700576, 0.9662380854133517, 4, 2]);
  });

  it('differ for keys that differ in one character, and share nothing', () => {
    // 4 standard errors of a correlation over 20,000 draws.
    assert.ok(Math.abs(correlation(draws('cast-1/level'), draws('cast-2/level'))) < 0.029);
  });

  it('draw normal numbers: mean 0, deviation 1, 5 % beyond 1.96', () => {
    const drawn = draws('normal', 100_000);
    // 4 standard errors each.
    assert.ok(Math.abs(mean(drawn)) < 0.013);
    assert.ok(Math.abs(deviation(drawn) - 1) < 0.009);
    const beyond = drawn.filter((value) => Math.abs(value) > 1.96).length / drawn.length;
    assert.ok(Math.abs(beyond - 0.05) < 0.003, `${beyond}`);
  });

  it('stay within their bounds and hit both ends of whole numbers', () => {
    fc.assert(
      fc.property(fc.string(), (key) => {
        const random = new Random(key);
        const drawn = Array.from({ length: 200 }, () => random.integer(2, 4));
        assert.deepEqual([...new Set(drawn)].sort(), [2, 3, 4]);
      }),
      { numRuns: 50 },
    );
  });

  it('pick by weight', () => {
    const random = new Random('pick');
    let rare = 0;
    for (let i = 0; i < 10_000; i++) if (random.pick(['rare', 'often'], [1, 4]) === 'rare') rare++;
    assert.ok(Math.abs(rare / 10_000 - 0.2) < 0.016, `${rare}`);
  });
});

describe('cast seeds', () => {
  it('are never shared by two splits, two numbers or two casts', () => {
    const which = fc.tuple(
      fc.constantFrom(...(Object.keys(splitProfiles) as Split[])),
      fc.nat(),
      fc.nat(20_000),
    );
    fc.assert(
      fc.property(which, which, (one, other) => {
        fc.pre(one.join() !== other.join());
        assert.notEqual(castSeed(...one), castSeed(...other));
      }),
    );
  });
});
