import assert from 'node:assert/strict';
import { healthSchema } from '../../../nodes/lib/config/health.js';
import { PipelineTally } from '../../../nodes/perf-monitor/pipeline-tally.js';
import { Vitals } from '../../../nodes/perf-monitor/vitals.js';
import { FakeClock } from '../../support/fake-clock.js';

const limits = healthSchema.parse({});
const figures = { rssBytes: 2e8, heapUsedBytes: 1e8, eventLoopDelayMs: 1 };

/** A pipeline watched once a second by a clock that the test turns. */
class Watched {
  readonly clock = new FakeClock();
  readonly tally = new PipelineTally(this.clock);
  readonly vitals = new Vitals(this.tally, this.clock.mono());

  reading(strand = 's1'): this {
    return this.send({ mold_level: 100 }, strand);
  }

  /** A message whose reading entered `ageMs` ago. */
  send(payload: object, topic = 's1', ageMs = 0, more: object = {}): this {
    const timings = { entry: this.clock.mono() - ageMs, stages: { ensemble: 0.5 } };
    this.tally.observe({ topic, timestamp: 1, payload, timings, ...more });
    return this;
  }

  seconds(count: number, each: () => void = () => undefined): this {
    for (let i = 0; i < count; i++) {
      each();
      this.clock.advance(1000);
      this.vitals.look(this.clock.mono(), figures);
    }
    return this;
  }

  get codes(): string[] {
    return this.vitals.health(limits).reasons.map(({ code }) => code);
  }
}

const degraded = {
  probability: 0.5,
  method: 'max',
  degraded: true,
  baseline: null,
  sequence: { probability: 0.5 },
};

describe('Vitals', () => {
  it('counts readings per second', () => {
    const watched = new Watched();
    watched.seconds(30, () => watched.reading().reading('s2'));
    assert.equal(watched.vitals.snapshot(limits).rates.readingsPerSecond, 2);
    assert.deepEqual(watched.vitals.snapshot(limits).counts.readings, 60);
  });

  it('measures from the entry of a reading to its risk and to its alarm', () => {
    const watched = new Watched();
    watched.send({ probability: 0.5, method: 'max', degraded: false }, 's1', 3);
    watched.send({ id: 'a', state: 'UNACK', level: 'warning' }, 's1', 5, { event: 'raised' });
    const { latency } = watched.vitals.snapshot(limits);
    assert.equal(latency.untilRisk.p99Ms, 3);
    assert.equal(latency.untilAlarm.p99Ms, 5);
    assert.equal(latency.stages.ensemble?.p50Ms, 0.5);
  });

  it('tells how many instants are under way', () => {
    const watched = new Watched();
    // Four risks a second, each half a second under way: two at any time.
    watched.seconds(30, () => {
      for (let i = 0; i < 4; i++)
        watched.send({ probability: 0.5, method: 'max', degraded: false }, 's1', 500);
    });
    assert.ok(Math.abs(watched.vitals.snapshot(limits).rates.queueDepth - 2) < 1e-9);
  });

  it('misses readings only while a replay plays', () => {
    const watched = new Watched().send({ state: 'playing', strands: [] }).reading().seconds(15);
    assert.deepEqual(watched.codes, ['no-readings']);
    watched.send({ state: 'finished', strands: [] }).seconds(1);
    assert.deepEqual(watched.codes, []);
    watched.send({ state: 'playing', strands: [] }).seconds(5);
    assert.deepEqual(watched.codes, []);
  });

  it('never misses readings that never came', () => {
    assert.deepEqual(new Watched().seconds(100).codes, []);
  });

  it('tells of a silent model until it speaks again', () => {
    const watched = new Watched();
    watched.seconds(3, () => watched.reading().send(degraded));
    assert.deepEqual(watched.codes, ['degraded-ensemble', 'model-silent']);
    watched.seconds(61, () => watched.reading().send({ ...degraded, degraded: false }));
    assert.deepEqual(watched.codes, []);
  });

  it('counts errors by the type of the node that failed, and recovers from them within a minute', () => {
    const watched = new Watched();
    const error = { error: { message: 'no', source: { id: 'x', type: 'baseline-infer' } } };
    watched.seconds(2, () => watched.reading());
    watched.send({}, 's1', 0, error).send({}, 's1', 0, error);
    watched.seconds(10, () => watched.reading());
    assert.deepEqual(watched.vitals.snapshot(limits).counts.errors, { 'baseline-infer': 2 });
    assert.deepEqual(watched.codes, ['errors']);
    watched.seconds(61, () => watched.reading());
    assert.deepEqual(watched.codes, []);
  });

  it('forgets slow predictions after a minute', () => {
    const watched = new Watched();
    watched.seconds(1, () =>
      watched.reading().send({ probability: 0.5, method: 'max', degraded: false }, 's1', 900),
    );
    assert.deepEqual(watched.codes, ['latency']);
    watched.seconds(70, () =>
      watched.reading().send({ probability: 0.5, method: 'max', degraded: false }, 's1', 2),
    );
    assert.deepEqual(watched.codes, []);
  });

  it('shows the replay that keeps its schedule worst', () => {
    const watched = new Watched();
    const timing = { errorMs: 0.2, jitterMs: 1, slippedMs: 0 };
    watched.send({ state: 'playing', strands: [{ strand: 's1' }], timing });
    watched.send({ state: 'playing', strands: [{ strand: 's2' }], timing: { ...timing, errorMs: 4 } });
    assert.equal(watched.vitals.snapshot(limits).replay?.errorMs, 4);
  });

  it('begins anew after a reset', () => {
    const watched = new Watched().seconds(5);
    watched.seconds(5, () => watched.reading().send(degraded, 's1', 900));
    watched.vitals.reset();
    watched.seconds(1);
    const { counts, latency, health } = watched.vitals.snapshot(limits);
    assert.equal(counts.readings, 0);
    assert.equal(latency.untilRisk.p99Ms, null);
    assert.equal(health.status, 'healthy');
  });
});
