import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { FeatureEngine } from '../../../nodes/feature-extract/feature-engine.js';
import { planFeatures } from '../../../nodes/feature-extract/feature-plan.js';
import { blankSample, PendingSamples, type Sample } from '../../../nodes/feature-extract/pending-samples.js';
import { castMs, monoMs } from '../../../nodes/lib/clock.js';
import { readConfig } from '../../../nodes/lib/config/read-config.js';
import type { PipelineMessage, Reading } from '../../../nodes/lib/messages.js';
import { shipped } from '../../../nodes/lib/package-paths.js';

describe('PendingSamples', () => {
  it('hands samples on as they came, once', () => {
    const pending = new PendingSamples(2);
    const sample = (at: number): Sample => ({
      values: Float64Array.of(at, NaN),
      trust: Float64Array.of(1, 0),
      ...{ timestamp: castMs(at), phase: at % 2 === 0 ? 'tail-out' : undefined, missing: at % 3 },
    });
    const came = [1, 2, 3, 4].map(sample);
    for (const one of came) pending.add(one);
    const handedOn: Sample[] = [];
    const take = (one: Sample): void => {
      handedOn.push({ ...one, values: one.values.slice(), trust: one.trust.slice() });
    };
    pending.workOff(blankSample(2), take);
    pending.workOff(blankSample(2), take);
    assert.deepEqual(handedOn, came);
  });

  it('is full some time, and then has room again', () => {
    const pending = new PendingSamples(1);
    while (!pending.isFull) pending.add(blankSample(1));
    pending.workOff(blankSample(1), () => undefined);
    assert.equal(pending.isFull, false);
  });
});

describe('FeatureEngine, with samples that wait', () => {
  const { config } = readConfig(readFileSync(shipped.config(), 'utf8'), 'realtime_inference.yaml');
  const streaming = { ...config.streaming, inference_interval: 1e6 };
  const plan = planFeatures({ ...config, streaming });
  const names = config.sensors.map(({ name }) => name);

  it('says the same to the bit whether it is asked at each reading or once', () => {
    const step = fc.record({
      seconds: fc.integer({ min: 1, max: 4 }),
      level: fc.option(fc.double({ min: 20, max: 180, noNaN: true }), { nil: null }),
      grade: fc.constantFrom('peritectic', 'low_c', undefined),
      phase: fc.constantFrom(undefined, undefined, 'tail_out'),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 120 }), (steps) => {
        let elapsed = 0;
        const readings = steps.map(({ seconds, level, grade, phase }): PipelineMessage<Reading> => {
          elapsed += seconds;
          return {
            topic: '1',
            timestamp: castMs(1000 * elapsed),
            cast: {
              ...{ strand: '1', castId: 'c1', elapsed },
              ...(grade === undefined ? {} : { grade }),
              ...(phase === undefined ? {} : { phase }),
            },
            payload: Object.fromEntries(names.map((name, i) => [name, level === null ? null : level + i])),
            timings: { entry: monoMs(0), stages: {} },
          };
        });
        const [asked, left] = [new FeatureEngine(plan), new FeatureEngine(plan)];
        for (const reading of readings) {
          asked.accept(reading);
          asked.of('1');
          left.accept(reading);
        }
        const all = (engine: FeatureEngine): unknown => {
          const numbers = engine.of('1').numbers();
          return [numbers, engine.of('1').snapshot(), engine.judge('1', numbers)];
        };
        assert.deepEqual(all(left), all(asked));
      }),
      { numRuns: 30 },
    );
  });
});
