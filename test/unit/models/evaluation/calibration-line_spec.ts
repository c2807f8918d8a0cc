import assert from 'node:assert/strict';
import { composed, fitLine, onLine, straight } from '../../../../models/evaluation/calibration-line.js';
import { Random } from '../../../../models/simulator/random.js';
import { logit, sigmoid } from '../../../../nodes/lib/log-odds.js';

const all = (): boolean => true;

/** Defects that happen as often as `truth` makes of what was said. */
function drawn(count: number, truth: (probability: number) => number) {
  const random = new Random('calibration line');
  const probabilities = Float64Array.from({ length: count }, () => sigmoid(-2 + 2 * random.normal()));
  const defects = Uint8Array.from(probabilities, (said) => (random.chance(truth(said)) ? 1 : 0));
  return { probabilities, defects, casts: Int32Array.from(probabilities, (_, row) => row % 7) };
}

describe('the line on the log-odds', () => {
  it('is found again where probabilities were too high by it', () => {
    const { slope, intercept } = fitLine(
      drawn(40_000, (said) => sigmoid(0.8 * logit(said) - 0.5)),
      all,
    );
    // Some four standard errors: 40,000 draws tell the slope to 0.01, the intercept to 0.03.
    assert.ok(Math.abs(slope - 0.8) < 0.05, `${slope}`);
    assert.ok(Math.abs(intercept + 0.5) < 0.1, `${intercept}`);
  });

  it('makes as many defects likely as there are', () => {
    const rows = drawn(5000, (said) => said ** 2);
    const line = fitLine(rows, all);
    const expected = rows.probabilities.reduce((sum, said) => sum + onLine(line, said), 0);
    const happened = rows.defects.reduce((sum, defect) => sum + defect, 0);
    // The ridge of 1e-6 per row is all that keeps the two apart.
    assert.ok(Math.abs(expected - happened) < 0.1, `${expected} of ${happened}`);
  });

  it('is fitted on the wanted casts alone', () => {
    const rows = drawn(2000, (said) => said);
    const spoiled = {
      ...rows,
      defects: rows.defects.map((defect, row) => (rows.casts[row] === 3 ? 1 : defect)),
    };
    const without = (cast: number): boolean => cast !== 3;
    assert.deepEqual(fitLine(spoiled, without), fitLine(rows, without));
    assert.notDeepEqual(fitLine(spoiled, all), fitLine(rows, all));
  });

  it('stays as it was without anything to fit on', () => {
    assert.deepEqual(
      fitLine(
        drawn(10, (said) => said),
        () => false,
      ),
      straight,
    );
  });

  it('can follow another', () => {
    const [first, second] = [
      { slope: 1.1, intercept: 0.2 },
      { slope: 0.9, intercept: -0.3 },
    ];
    for (const said of [0.01, 0.4, 0.97])
      assert.ok(
        Math.abs(onLine(composed(first, second), said) - onLine(second, onLine(first, said))) < 1e-12,
      );
  });
});
