import assert from 'node:assert/strict';
import { healthSchema } from '../../../nodes/lib/config/health.js';
import {
  judgeHealth,
  type HealthFacts,
  type HealthReason,
} from '../../../nodes/perf-monitor/health-rules.js';

const limits = healthSchema.parse({});
const well: HealthFacts = {
  latencyP99Ms: 8,
  eventLoopDelayMs: 2,
  memoryMb: 200,
  errorsPerMinute: 0,
  degradedShare: 0,
  silenceS: 1,
  isPlaying: true,
  silentModels: [],
  noModelSpeaks: false,
};

describe('judgeHealth', () => {
  it('finds a system healthy that keeps its limits', () => {
    assert.deepEqual(judgeHealth(well, limits), { status: 'healthy', reasons: [] });
  });

  it('finds a system healthy of which nothing is known yet', () => {
    const facts = { ...well, latencyP99Ms: null, degradedShare: null, silenceS: null };
    assert.equal(judgeHealth(facts, limits).status, 'healthy');
  });

  const rows: readonly [
    name: string,
    change: Partial<HealthFacts>,
    status: string,
    code: HealthReason['code'],
  ][] = [
    ['alarms that take longer than asked', { latencyP99Ms: 501 }, 'degraded', 'latency'],
    ['alarms that come too late to act on', { latencyP99Ms: 5001 }, 'unhealthy', 'latency'],
    ['latency beyond measure', { latencyP99Ms: Infinity }, 'unhealthy', 'latency'],
    ['a busy event loop', { eventLoopDelayMs: 180 }, 'degraded', 'event-loop-delay'],
    ['a blocked event loop', { eventLoopDelayMs: 2900 }, 'unhealthy', 'event-loop-delay'],
    ['much memory', { memoryMb: 1500 }, 'degraded', 'memory'],
    ['far too much memory', { memoryMb: 3000 }, 'unhealthy', 'memory'],
    ['some errors', { errorsPerMinute: 2 }, 'degraded', 'errors'],
    ['an error each second', { errorsPerMinute: 61 }, 'unhealthy', 'errors'],
    ['predictions that lack a model', { degradedShare: 0.5 }, 'degraded', 'degraded-ensemble'],
    ['one silent model', { silentModels: ['baseline'] }, 'degraded', 'model-silent'],
    [
      'no model at all',
      { silentModels: ['baseline', 'sequence'], noModelSpeaks: true },
      'unhealthy',
      'model-silent',
    ],
    ['a short silence while a replay plays', { silenceS: 20 }, 'degraded', 'no-readings'],
    ['a long silence while a replay plays', { silenceS: 90 }, 'unhealthy', 'no-readings'],
    [
      'a long silence that may be the end of a cast',
      { silenceS: 9000, isPlaying: false },
      'degraded',
      'no-readings',
    ],
  ];
  for (const [name, change, status, code] of rows) {
    it(`calls ${name} ${status}`, () => {
      const health = judgeHealth({ ...well, ...change }, limits);
      assert.equal(health.status, status);
      assert.deepEqual(
        health.reasons.map((reason) => reason.code),
        [code],
      );
    });
  }

  it('says what was measured and what the limit is', () => {
    assert.equal(
      judgeHealth({ ...well, latencyP99Ms: 520 }, limits).reasons[0]?.message,
      '99th percentile from reading to alarm 520 ms, limit 500 ms',
    );
  });

  it('names the worst reason first', () => {
    const { status, reasons } = judgeHealth({ ...well, latencyP99Ms: 520, errorsPerMinute: 99 }, limits);
    assert.equal(status, 'unhealthy');
    assert.deepEqual(
      reasons.map(({ code }) => code),
      ['errors', 'latency'],
    );
  });
});
