import assert from 'node:assert/strict';
import {
  averagePrecision,
  brierScore,
  expectedCalibrationError,
  rocAuc,
} from '../../../../models/evaluation/classification-metrics.js';
import { judged, outcomesAt } from '../../../../models/evaluation/curve.js';
import { heldScores } from '../../../../models/evaluation/held-scores.js';
import { pointFigures } from '../../../../models/evaluation/operating-point.js';
import { SourceJudge } from '../../../../models/evaluation/source-judge.js';
import { drawnCasts } from './drawn-casts.js';

const { truths, scores } = drawnCasts(12, 'judge');
const judge = new SourceJudge(truths, scores, outcomesAt(truths, scores, 0.6));
const once = new Uint8Array(truths.length).fill(1);

/** Relative: the same sums in another order. */
const near = (got: number | null, expected: number | null): void =>
  assert.ok(Math.abs(got! - expected!) <= 1e-12 * Math.abs(expected!), `${got} is not ${expected}`);

describe('a source that is judged', () => {
  it('gets the metrics of its seconds that are not ignored', () => {
    const seconds = truths.flatMap((truth, i) =>
      [...heldScores(scores[i]!, truth.ignored.length)].flatMap((score, second) =>
        truth.ignored[second] === 1 ? [] : [{ score, label: truth.defect[second] === 1 }],
      ),
    );
    const data = { labels: seconds.map(({ label }) => label), scores: seconds.map(({ score }) => score) };
    const got = judge.measure(once);
    near(got.auc, rocAuc(data));
    near(got.averagePrecision, averagePrecision(data));
    near(got.ece, expectedCalibrationError(data));
    near(got.brier, brierScore(data));
  });

  it('counts a cast twice as it would count two of them', () => {
    const times = truths.map((_, i) => (i === 3 ? 2 : i === 5 ? 0 : 1));
    const chosen = truths.flatMap((_, i) => Array.from({ length: times[i]! }, () => i));
    const twice = {
      truths: chosen.map((i) => truths[i]!),
      scores: chosen.map((i) => scores[i]!),
    };
    const frozen = outcomesAt(twice.truths, twice.scores, 0.6);
    const alone = new SourceJudge(twice.truths, twice.scores, frozen).measure(new Uint8Array(12).fill(1));
    const got = judge.measure(times);
    near(got.auc, alone.auc);
    near(got.ece, alone.ece);
    assert.deepEqual(got.frozen, alone.frozen);
  });

  it('keeps within one false alarm per 8 h, and detects no less at any other such threshold', () => {
    const best = judge.measure(once);
    assert.ok(best.falseAlarmsPer8h! <= 1);
    const { outcomes, hours } = judge.curve;
    const others = outcomes.map((outcome) => pointFigures(judged(truths, outcome, hours)));
    assert.ok(others.some(({ falseAlarmsPer8h }) => falseAlarmsPer8h! > 1));
    for (const { falseAlarmsPer8h, eventRecall } of others)
      assert.ok(falseAlarmsPer8h! > 1 || eventRecall! <= best.eventRecall!);
  });

  it('says null, not a number, of what was not there to be judged', () => {
    const calm = truths.map((truth) => ({
      ...truth,
      events: [],
      defect: new Uint8Array(truth.defect.length),
    }));
    const { eventRecall, medianLeadS, auc, frozen } = new SourceJudge(calm, scores, null).measure(once);
    assert.deepEqual({ eventRecall, medianLeadS, auc }, { eventRecall: null, medianLeadS: null, auc: null });
    assert.equal(frozen.falseAlarmsPer8h, null);
  });
});

describe('held scores', () => {
  const cases: readonly [name: string, seconds: number[], values: number[], expected: number[]][] = [
    ['hold until the next prediction', [0, 3], [0.2, 0.7], [0.2, 0.2, 0.2, 0.7, 0.7, 0.7]],
    ['are 0 before the first', [2], [0.7], [0, 0, 0.7, 0.7, 0.7, 0.7]],
    ['are 0 while the source is silent', [0, 2, 4], [0.2, NaN, 0.7], [0.2, 0.2, 0, 0, 0.7, 0.7]],
    ['begin at the first whole second from a prediction on', [0.5], [0.7], [0, 0.7, 0.7, 0.7, 0.7, 0.7]],
    ['are cut at the end of the cast', [0, 9], [0.2, 0.7], [0.2, 0.2, 0.2, 0.2, 0.2, 0.2]],
  ];
  for (const [name, seconds, values, expected] of cases)
    it(name, () => assert.deepEqual([...heldScores({ seconds, scores: values }, 6)], expected));
});
