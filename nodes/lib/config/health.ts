import { z } from 'zod';

/** Beyond the first limit the system counts as degraded, beyond the second as unhealthy. */
const limits = (degraded: number, unhealthy: number, unit: string) =>
  z
    .strictObject({
      degraded: z.number().nonnegative().default(degraded).describe(`${unit}; above: degraded`),
      unhealthy: z.number().nonnegative().default(unhealthy).describe(`${unit}; above: unhealthy`),
    })
    .refine((pair) => pair.degraded <= pair.unhealthy, {
      path: ['degraded'],
      message: 'degraded must not exceed unhealthy',
    })
    .prefault({});

/**
 * When perf-monitor calls the system degraded or unhealthy. All figures are those of the last minute. 500 ms from reading to
 * alarm is what operators were promised; unhealthy is what a restart would mend, since probes restart what answers 503.
 */
export const healthSchema = z.strictObject({
  latency_p99: limits(500, 5000, '99th percentile from reading to alarm, ms'),
  event_loop_delay: limits(100, 2000, '99th percentile of the delay of the event loop, ms'),
  memory: limits(1024, 2048, 'Resident memory of the process, MB'),
  error_rate: limits(1, 60, 'Errors of nodes per minute'),
  degraded_share: limits(0.05, 1, 'Share of ensemble predictions that lacked a model, 0..1'),
  silence: limits(10, 60, 'Wall-clock s without a reading while a replay plays or plant data are due'),
});

export type HealthLimits = z.infer<typeof healthSchema>;
