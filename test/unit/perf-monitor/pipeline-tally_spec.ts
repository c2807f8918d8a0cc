import assert from 'node:assert/strict';
import fc from 'fast-check';
import { PipelineTally } from '../../../nodes/perf-monitor/pipeline-tally.js';
import { FakeClock } from '../../support/fake-clock.js';

const tallyOf = (...messages: readonly object[]): PipelineTally => {
  const tally = new PipelineTally(new FakeClock());
  for (const message of messages) tally.observe(message);
  return tally;
};
const envelope = { topic: 's1', timestamp: 1000, timings: { entry: 0, stages: { 'sensor-buffer': 1 } } };
const alarm = (event: string, level: string) => ({
  ...envelope,
  event,
  payload: { id: 'a', state: 'UNACK', level },
});

describe('PipelineTally', () => {
  it('counts raised and escalated alarms by the level they reached, and no other news of an alarm', () => {
    const tally = tallyOf(
      alarm('raised', 'warning'),
      alarm('acknowledged', 'warning'),
      alarm('escalated', 'critical'),
      alarm('eased', 'warning'),
      alarm('returned-to-normal', 'critical'),
      alarm('cleared', 'critical'),
    );
    assert.deepEqual(tally.alarms.entries(), [
      ['warning', 1],
      ['critical', 1],
    ]);
  });

  it('counts a feature vector for no reading', () => {
    const features = { ...envelope, timings: { entry: 0, stages: { 'feature-extract': 1 } } };
    const tally = tallyOf(
      { ...envelope, payload: { mold_level: 1 } },
      { ...features, payload: { 'a.mean.10s': 1 } },
    );
    assert.equal(tally.readingTotal, 1);
  });

  it('records each stage of an instant once, though its message passes in three shapes', () => {
    const timings = {
      entry: 0,
      stages: { 'sensor-buffer': 1, 'feature-extract': 2, 'baseline-infer': 3, ensemble: 4 },
    };
    const tally = tallyOf(
      { ...envelope, payload: { mold_level: 1 } },
      { ...envelope, timings, payload: { probability: 0.1, kind: 'baseline' } },
      { ...envelope, timings, payload: { probability: 0.1, method: 'max', degraded: false } },
    );
    assert.deepEqual(
      [...tally.stages].map(([stage, { count }]) => [stage, count]),
      [
        ['sensor-buffer', 1],
        ['baseline-infer', 1],
        ['feature-extract', 1],
        ['ensemble', 1],
      ],
    );
  });

  it('names the models that should have spoken and did not', () => {
    const silent = {
      probability: 0.4,
      method: 'max',
      degraded: true,
      baseline: null,
      sequence: { probability: 0.4 },
    };
    assert.deepEqual(tallyOf({ ...envelope, payload: silent }).silentModels(), ['baseline']);
    const weightless = { ...silent, weights: { baseline: 0, sequence: 1 } };
    assert.deepEqual(tallyOf({ ...envelope, payload: weightless }).silentModels(), []);
  });

  it('bounds what it keeps, however many strands and stages come', () => {
    const messages = Array.from({ length: 2000 }, (_, i) => ({
      topic: `strand-${i}`,
      timestamp: 1,
      payload: { mold_level: 1 },
      timings: { entry: 0, stages: { [`stage-${i}`]: 1 } },
    }));
    const tally = tallyOf(...messages);
    assert.equal(tally.readings.entries().length, 513);
    assert.equal(tally.readings.total(), 2000);
    assert.equal(tally.stages.size, 32);
  });

  it('takes any message at all without failing', () => {
    const anything = fc.anything();
    const message = fc.record(
      {
        topic: anything,
        timestamp: anything,
        timings: fc.oneof(anything, fc.record({ entry: anything, stages: anything })),
        error: anything,
        event: anything,
        payload: fc.oneof(
          anything,
          fc.record(
            { probability: anything, kind: anything, method: anything, degraded: anything },
            { requiredKeys: [] },
          ),
          fc.record(
            { state: fc.string(), id: anything, level: anything, strands: anything, timing: anything },
            { requiredKeys: [] },
          ),
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(message), (messages) => {
        const tally = tallyOf(...messages);
        tally.silentModels();
        tally.noModelSpeaks();
        tally.replays.isPlaying();
        tally.replays.timing();
      }),
    );
  });
});
