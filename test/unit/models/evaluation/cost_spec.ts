import assert from 'node:assert/strict';
import { cheapest, pricedThresholds } from '../../../../models/evaluation/cost.js';
import { SourceJudge } from '../../../../models/evaluation/source-judge.js';
import { drawnCasts } from './drawn-casts.js';

const { truths, scores } = drawnCasts(12, 'cost');
const judge = new SourceJudge(truths, scores, null);
const choose = (missedEvent: number, falseAlarm: number, eventRate: number | null = null) =>
  cheapest(pricedThresholds(judge, { missedEvent, falseAlarm, eventRate }));

describe('the threshold that costs least', () => {
  const least = (count: 'missedEvents' | 'falseAlarms'): number =>
    Math.min(
      ...pricedThresholds(judge, { missedEvent: 1, falseAlarm: 1, eventRate: null }).map((one) => one[count]),
    );

  it('gives as few false alarms as can be when missing costs nothing', () => {
    assert.equal(choose(0, 100).falseAlarms, least('falseAlarms'));
  });

  it('misses as little as can be when false alarms cost nothing', () => {
    assert.equal(choose(100, 0).missedEvents, least('missedEvents'));
  });

  it('never rises with the price of a missed event', () => {
    const thresholds = [1, 10, 100, 1000, 1e4].map((price) => choose(price, 10).threshold);
    assert.deepEqual(
      thresholds,
      [...thresholds].sort((one, other) => other - one),
    );
  });

  it('is higher on a plant with fewer events, and counts those', () => {
    const [many, few] = [choose(1000, 100), choose(1000, 100, 1)];
    assert.ok(few.threshold >= many.threshold);
    assert.ok(Math.abs(few.missedEvents - (1 - few.eventRecall)) < 1e-12);
  });
});
