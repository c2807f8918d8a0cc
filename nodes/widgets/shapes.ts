/** What cast-replay and perf-monitor tell of themselves, as far as the pages show it. */

export interface ReplayState {
  readonly state: 'stopped' | 'playing' | 'paused' | 'finished';
  readonly speed: number | 'unpaced';
  readonly position: number | null;
  readonly percent: number | null;
  readonly strands: readonly {
    readonly strand: string;
    readonly castId: string;
    readonly title?: string;
    readonly position: number | null;
    readonly duration: number | null;
  }[];
}

export interface CastEvent {
  readonly type: string;
  readonly onset: number;
  readonly detectable?: number;
  readonly end: number;
}

export interface CastEntry {
  readonly id: string;
  readonly title?: string;
  readonly scenario?: string;
  readonly heat?: string;
  readonly grade?: string;
  readonly start?: string;
  readonly duration?: number;
  readonly events?: readonly CastEvent[];
}

export interface StageFigures {
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
  readonly count: number;
}

export interface Health {
  readonly health: {
    readonly status: 'healthy' | 'degraded' | 'unhealthy';
    readonly reasons: readonly { readonly message: string; readonly status: string }[];
  };
  readonly rates: { readonly readingsPerSecond: number; readonly predictionsPerSecond: number };
  readonly latency: {
    readonly untilRisk: StageFigures;
    readonly untilAlarm: StageFigures;
    readonly stages: Readonly<Record<string, StageFigures>>;
  };
  readonly counts: {
    readonly readings: number;
    readonly alarmsRaised: Readonly<Record<string, number>>;
    readonly errors: Readonly<Record<string, number>>;
  };
  readonly process: { readonly rssMb: number; readonly eventLoopDelayMs: number; readonly uptimeS: number };
}
