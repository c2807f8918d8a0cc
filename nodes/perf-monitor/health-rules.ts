import type { HealthLimits } from '../lib/config/health.js';

export type HealthStatus = 'healthy' | 'degraded' | 'unhealthy';

/** What was measured over the last minute; null = nothing to judge by. */
export interface HealthFacts {
  readonly latencyP99Ms: number | null;
  readonly eventLoopDelayMs: number | null;
  readonly memoryMb: number;
  readonly errorsPerMinute: number;
  /** Share of the ensemble's predictions that lacked a model. */
  readonly degradedShare: number | null;
  /** s since the last reading, while one is due. */
  readonly silenceS: number | null;
  /** A replay says that it plays. Else readings have merely come before: silence may be the end of a cast. */
  readonly isPlaying: boolean;
  /** Models that should speak and did not in the latest prediction. */
  readonly silentModels: readonly string[];
  /** The latest prediction has no probability at all. */
  readonly noModelSpeaks: boolean;
}

export interface HealthReason {
  readonly code:
    | 'latency'
    | 'event-loop-delay'
    | 'memory'
    | 'errors'
    | 'degraded-ensemble'
    | 'no-readings'
    | 'model-silent';
  readonly status: Exclude<HealthStatus, 'healthy'>;
  readonly message: string;
}

export interface Health {
  readonly status: HealthStatus;
  /** Worst first. */
  readonly reasons: readonly HealthReason[];
}

/** Judges the facts by the limits of the `health` section. */
export function judgeHealth(facts: HealthFacts, limits: HealthLimits): Health {
  const reasons: HealthReason[] = [];
  const check = (
    code: HealthReason['code'],
    value: number | null,
    limit: { readonly degraded: number; readonly unhealthy: number },
    say: (value: number, limit: number) => string,
  ): void => {
    if (value === null || !(value > limit.degraded)) return;
    const unhealthy = value > limit.unhealthy;
    reasons.push({
      code,
      status: unhealthy ? 'unhealthy' : 'degraded',
      message: say(value, unhealthy ? limit.unhealthy : limit.degraded),
    });
  };
  check('latency', facts.latencyP99Ms, limits.latency_p99, (value, limit) =>
    above('99th percentile from reading to alarm', value, limit, 'ms'),
  );
  check('event-loop-delay', facts.eventLoopDelayMs, limits.event_loop_delay, (value, limit) =>
    above('delay of the event loop', value, limit, 'ms'),
  );
  check('memory', facts.memoryMb, limits.memory, (value, limit) => above('memory', value, limit, 'MB'));
  check('errors', facts.errorsPerMinute, limits.error_rate, (value, limit) =>
    above('errors of nodes', value, limit, 'per minute'),
  );
  check(
    'degraded-ensemble',
    facts.degradedShare,
    limits.degraded_share,
    (value) => `${(100 * value).toFixed(0)} % of the predictions lacked a model`,
  );
  const silence = facts.isPlaying ? limits.silence : { ...limits.silence, unhealthy: Infinity };
  check('no-readings', facts.silenceS, silence, (value) => `no reading for ${value.toFixed(0)} s`);
  if (facts.silentModels.length > 0) {
    const message = `no prediction from ${facts.silentModels.join(' and ')}`;
    reasons.push({ code: 'model-silent', status: facts.noModelSpeaks ? 'unhealthy' : 'degraded', message });
  }
  reasons.sort((one, other) => rank(one.status) - rank(other.status));
  return { status: reasons[0]?.status ?? 'healthy', reasons };
}

const rank = (status: HealthStatus): number => (status === 'unhealthy' ? 0 : 1);

const above = (what: string, value: number, limit: number, unit: string): string =>
  `${what} ${value.toFixed(value < 10 ? 1 : 0)} ${unit}, limit ${limit} ${unit}`;
