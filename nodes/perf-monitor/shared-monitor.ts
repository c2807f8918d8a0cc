import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Registry } from 'prom-client';
import type { Clock, TimerHandle } from '../lib/clock.js';
import { healthSchema, type HealthLimits } from '../lib/config/health.js';
import type { MonitorView } from './monitor-http.js';
import { PipelineTally } from './pipeline-tally.js';
import { metricsRegistry } from './prometheus.js';
import { Vitals, type Snapshot } from './vitals.js';

const LOOK_MS = 1000;
/** Interval at which the event loop is probed, ms; the histogram counts it as part of every delay. */
const PROBE_MS = 10;
/** Looks over which a percentile of the delay is taken. */
const LOOKS_PER_DELAY = 10;

/**
 * The figures of one runtime, shared by all its perf-monitor nodes. Counting goes on over a redeploy; what costs
 * something by itself, the timer and the probe of the event loop, runs only while a node is deployed.
 */
export class SharedMonitor implements MonitorView {
  readonly registry: Registry;
  private readonly tally: PipelineTally;
  private readonly vitals: Vitals;
  private readonly delay = monitorEventLoopDelay({ resolution: PROBE_MS });
  private limits: HealthLimits = healthSchema.parse({});
  private users = 0;
  private looks = 0;
  private delayMs = 0;
  private timer: TimerHandle | null = null;

  constructor(private readonly clock: Clock) {
    this.tally = new PipelineTally(clock);
    this.vitals = new Vitals(this.tally, clock.mono());
    this.registry = metricsRegistry(this.tally, this.vitals, () => this.limits);
  }

  get isInUse(): boolean {
    return this.users > 0;
  }

  /** To be called by each node that is deployed, and `leave` when it closes. */
  join(): void {
    if (this.users++ > 0) return;
    this.delay.enable();
    this.look();
  }

  leave(): void {
    if (--this.users > 0) return;
    this.delay.disable();
    if (this.timer !== null) this.clock.cancel(this.timer);
    this.timer = null;
  }

  setLimits(limits: HealthLimits): void {
    this.limits = limits;
  }

  observe(msg: object): void {
    this.tally.observe(msg);
  }

  snapshot(): Snapshot {
    return this.vitals.snapshot(this.limits);
  }

  reset(): void {
    this.vitals.reset();
  }

  private readonly look = (): void => {
    if (++this.looks % LOOKS_PER_DELAY === 0) {
      this.delayMs = Math.max(0, this.delay.percentile(99) / 1e6 - PROBE_MS);
      this.delay.reset();
    }
    const { rss, heapUsed } = process.memoryUsage();
    this.vitals.look(this.clock.mono(), {
      rssBytes: rss,
      heapUsedBytes: heapUsed,
      eventLoopDelayMs: this.delayMs,
    });
    this.timer = this.clock.after(LOOK_MS, this.look);
  };
}
