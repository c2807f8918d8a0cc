import assert from 'node:assert/strict';
import fc from 'fast-check';
import { castMs, monoMs } from '../../../nodes/lib/clock.js';
import type { PipelineMessage, Reading } from '../../../nodes/lib/messages.js';
import { FeatureEngine } from '../../../nodes/feature-extract/feature-engine.js';
import { planFeatures } from '../../../nodes/feature-extract/feature-plan.js';
import { configWith } from '../../support/config.js';

const config = configWith({
  streaming: { inference_interval: 5, max_strands: 2, idle_timeout: 100 },
  features: {
    windows: [10],
    statistics: ['mean', 'std', 'count'],
    sequence: { length: 4 },
  },
});

const reading = (
  seconds: number,
  level: number | null,
  change: Partial<PipelineMessage<Reading>> = {},
): PipelineMessage<Reading> => ({
  topic: 's1',
  timestamp: castMs(seconds * 1000),
  cast: { strand: 's1', castId: 'c1', elapsed: seconds },
  payload: { mold_level: level },
  timings: { entry: monoMs(0), stages: {} },
  ...change,
});

/** Feeds the readings and returns what is due, as `strand second features sequence`. */
function emitted(engine: FeatureEngine, readings: readonly PipelineMessage<Reading>[]): string[] {
  const out: string[] = [];
  for (const message of readings) {
    if (engine.accept(message) !== 'due') continue;
    const strand = engine.of(message.topic);
    const { values, mask } = strand.snapshot();
    out.push(
      [
        message.topic,
        message.timestamp / 1000,
        JSON.stringify(strand.features()),
        [...values].join(' '),
        [...mask].join(''),
      ].join(' | '),
    );
  }
  return out;
}
const engine = (): FeatureEngine => new FeatureEngine(planFeatures(config));
const seconds = (readings: readonly string[]): number[] =>
  readings.map((line) => Number(line.split(' | ')[1]));
const steady = (from: number, to: number, level = 100): PipelineMessage<Reading>[] =>
  Array.from({ length: to - from + 1 }, (_, i) => reading(from + i, level + ((from + i) % 7)));

describe('FeatureEngine', () => {
  it('speaks at every multiple of the interval, counted from the epoch', () => {
    assert.deepEqual(seconds(emitted(engine(), steady(3, 16))), [5, 10, 15]);
  });

  it('speaks at once when the first reading lies on the grid', () => {
    assert.deepEqual(seconds(emitted(engine(), steady(5, 6))), [5]);
  });

  it('speaks once, with the first reading behind it, when an instant was missed', () => {
    assert.deepEqual(seconds(emitted(engine(), [reading(3, 1), reading(6, 2), reading(7, 3)])), [6]);
  });

  it('counts readings that did not come as missing', () => {
    const working = engine();
    emitted(working, [reading(1, 10), reading(2, 10), reading(5, 16)]);
    assert.equal(working.of('s1').features()['mold_level.count.10s'], 3);
    const { values, mask } = working.of('s1').snapshot();
    assert.deepEqual([...values], [10, 0, 0, 16]);
    assert.deepEqual([...mask], [1, 0, 0, 1]);
  });

  it('leaves out a second reading for the same second', () => {
    const working = engine();
    assert.equal(working.accept(reading(1, 10)), 'taken');
    assert.equal(working.accept(reading(1, 99)), 'repeated');
    assert.equal(working.of('s1').features()['mold_level.mean.10s'], 10);
  });

  it('says null, never a number, for what can not be computed', () => {
    const working = engine();
    working.accept(reading(5, null));
    assert.deepEqual(working.of('s1').features(), {
      'mold_level.mean.10s': null,
      'mold_level.std.10s': null,
      'mold_level.count.10s': 0,
    });
  });

  it('takes a value of bad quality for missing, an uncertain one as it is', () => {
    const working = engine();
    working.accept(reading(1, 50, { quality: { mold_level: 'bad.stuck' } }));
    working.accept(reading(2, 60, { quality: { mold_level: 'uncertain.held' } }));
    assert.equal(working.of('s1').features()['mold_level.mean.10s'], 60);
  });

  const startsOver: readonly [name: string, message: PipelineMessage<Reading>][] = [
    ['another cast begins', reading(31, 7, { cast: { strand: 's1', castId: 'c2', elapsed: 0 } })],
    ['time runs backwards', reading(12, 7)],
    ['time jumps ahead of everything it remembers', reading(60, 7)],
  ];
  for (const [name, message] of startsOver)
    it(`starts a strand over when ${name}`, () => {
      const working = engine();
      emitted(working, steady(0, 30));
      working.accept(message);
      assert.equal(working.of('s1').features()['mold_level.count.10s'], 1);
      assert.deepEqual([...working.of('s1').snapshot().mask], [0, 0, 0, 1]);
    });

  it('never touches a sequence that has left', () => {
    const working = engine();
    emitted(working, steady(0, 5));
    const sequence = working.of('s1').snapshot();
    const before = [...sequence.values];
    emitted(working, steady(6, 30, 50));
    assert.deepEqual([...sequence.values], before);
  });

  it('refuses a strand too many, and takes it once another has been silent for long', () => {
    const working = engine();
    const of = (topic: string, at: number): PipelineMessage<Reading> => reading(at, 1, { topic });
    working.accept(of('a', 0));
    working.accept(of('b', 0));
    assert.throws(() => working.accept(of('c', 1)), { code: 'STRAND_LIMIT' });
    for (let at = 1; at <= 101; at++) working.accept(of('b', at));
    working.accept(of('c', 101));
    assert.equal(working.size, 2);
  });

  it('keeps windows when only the interval changes', () => {
    const working = engine();
    emitted(working, steady(0, 12));
    working.retime({ ...config.streaming, inference_interval: 2 });
    assert.deepEqual(seconds(emitted(working, steady(13, 18))), [14, 16, 18]);
    assert.equal(working.of('s1').features()['mold_level.count.10s'], 10);
  });

  it('gives each strand the same features, however the strands are interleaved', () => {
    const level = fc.option(fc.double({ min: 0, max: 200, noNaN: true }), { nil: null });
    const levels = fc.array(level, { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(levels, levels, fc.array(fc.boolean(), { maxLength: 120 }), (first, second, turns) => {
        const story = (topic: string, values: readonly (number | null)[]): PipelineMessage<Reading>[] =>
          values.map((value, i) => reading(i, value, { topic }));
        const [a, b] = [story('a', first), story('b', second)];
        const alone = [...emitted(engine(), a), ...emitted(engine(), b)];
        const mixed: PipelineMessage<Reading>[] = [];
        const queues = [[...a], [...b]];
        for (const turn of turns) mixed.push(...queues[turn ? 1 : 0]!.splice(0, 1));
        mixed.push(...queues[0]!, ...queues[1]!);
        const together = emitted(engine(), mixed);
        assert.deepEqual(
          ['a', 'b'].flatMap((strand) => together.filter((line) => line.startsWith(strand))),
          alone,
        );
      }),
    );
  });
});
