import { Counter, Gauge, Registry, type Metric } from 'prom-client';
import type { LatencyHistogram } from './latency-histogram.js';
import type { PipelineTally } from './pipeline-tally.js';
import type { Tally } from './tally.js';
import type { Vitals } from './vitals.js';
import type { HealthLimits } from '../lib/config/health.js';

/** Upper bounds of the exported latency buckets, s: a millisecond scale around the 20 ms and 500 ms that matter. */
const BUCKETS = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

const HEALTH_VALUES = { healthy: 1, degraded: 0.5, unhealthy: 0 } as const;

/** The registry whose metrics are read from tally and vitals at each scrape; between scrapes they cost nothing. */
export function metricsRegistry(tally: PipelineTally, vitals: Vitals, limits: () => HealthLimits): Registry {
  const registry = new Registry();
  const counter = (name: string, help: string, label: string, counts: Tally): void => {
    new Counter({
      name,
      help,
      labelNames: [label],
      registers: [registry],
      collect() {
        this.reset();
        for (const [value, count] of counts.entries()) this.inc({ [label]: value }, count);
      },
    });
  };
  const gauge = (name: string, help: string, read: () => number): void => {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  };
  counter('strandwatch_readings_total', 'Readings that passed', 'strand', tally.readings);
  counter('strandwatch_predictions_total', 'Predictions made', 'model', tally.predictions);
  counter('strandwatch_alarms_raised_total', 'Alarms raised or escalated', 'level', tally.alarms);
  counter('strandwatch_node_errors_total', 'Errors reported by catch nodes', 'type', tally.errors);
  new Counter({
    name: 'strandwatch_degraded_predictions_total',
    help: 'Ensemble predictions that lacked a model',
    registers: [registry],
    collect() {
      this.reset();
      this.inc(tally.degradedTotal);
    },
  });
  registerHistogram(registry, 'strandwatch_stage_duration_seconds', 'Time spent in a stage', 'stage', () => [
    ...tally.stages,
  ]);
  registerHistogram(
    registry,
    'strandwatch_end_to_end_duration_seconds',
    'Time from the entry of a reading to its risk, and to the alarm it raised',
    'until',
    () => [
      ['risk', tally.untilRisk],
      ['alarm', tally.untilAlarm],
    ],
  );
  gauge(
    'strandwatch_readings_per_second',
    'Readings per second over the last minute',
    () => vitals.rates().readingsPerSecond,
  );
  gauge(
    'strandwatch_predictions_per_second',
    'Predictions per second over the last minute',
    () => vitals.rates().predictionsPerSecond,
  );
  gauge(
    'strandwatch_queue_depth',
    'Instants between the entry of their reading and their risk, mean of the last minute',
    () => vitals.rates().queueDepth,
  );
  gauge(
    'strandwatch_event_loop_delay_seconds',
    '99th percentile of the delay of the event loop',
    () => vitals.process().eventLoopDelayMs / 1000,
  );
  gauge('strandwatch_process_resident_memory_bytes', 'Resident memory', () => vitals.process().rssMb * 1e6);
  gauge(
    'strandwatch_process_heap_used_bytes',
    'JavaScript heap in use',
    () => vitals.process().heapUsedMb * 1e6,
  );
  gauge(
    'strandwatch_replay_error_seconds',
    'Mean time a replayed reading left after it was due',
    () => (tally.replays.timing()?.errorMs ?? 0) / 1000,
  );
  gauge(
    'strandwatch_replay_jitter_seconds',
    '99th percentile of that time, less its median',
    () => (tally.replays.timing()?.jitterMs ?? 0) / 1000,
  );
  gauge(
    'strandwatch_replay_slipped_seconds',
    'Time by which replays fell behind a flow too slow for them',
    () => (tally.replays.timing()?.slippedMs ?? 0) / 1000,
  );
  gauge(
    'strandwatch_health',
    '1 healthy, 0.5 degraded, 0 unhealthy',
    () => HEALTH_VALUES[vitals.health(limits()).status],
  );
  return registry;
}

/**
 * A histogram read from our own buckets. prom-client's own would allocate a label hash for every value recorded;
 * its registry only asks a metric for `get()`.
 */
function registerHistogram(
  registry: Registry,
  name: string,
  help: string,
  label: string,
  histograms: () => (readonly [string, LatencyHistogram])[],
): void {
  const get = () => ({
    name,
    help,
    type: 'histogram',
    aggregator: 'sum',
    values: histograms().flatMap(([value, histogram]) => [
      ...BUCKETS.map((le) => ({
        metricName: `${name}_bucket`,
        labels: { [label]: value, le },
        value: histogram.countUpTo(le),
      })),
      { metricName: `${name}_bucket`, labels: { [label]: value, le: '+Inf' }, value: histogram.count },
      { metricName: `${name}_sum`, labels: { [label]: value }, value: histogram.sumSeconds },
      { metricName: `${name}_count`, labels: { [label]: value }, value: histogram.count },
    ]),
  });
  registry.registerMetric({ name, help, get: () => Promise.resolve(get()) } as unknown as Metric);
}
