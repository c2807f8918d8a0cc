/** How a replay keeps its schedule, ms; null before its first reading. */
export interface ReplayTiming {
  readonly errorMs: number | null;
  readonly jitterMs: number | null;
  readonly slippedMs: number;
}

/** What is read of a replay's own report. */
export interface ReplayReport {
  readonly state: string;
  readonly strands?: readonly { readonly strand?: unknown }[];
  readonly timing?: ReplayTiming;
}

/** Replays remembered; the one that reported longest ago is forgotten first. */
const MAX_REPLAYS = 64;

/** What the replays last said of themselves, told apart by the strands that they play. */
export class ReplayWatch {
  private readonly reports = new Map<string, ReplayReport>();

  report(report: ReplayReport): void {
    const strands = Array.isArray(report.strands) ? report.strands : [];
    const key = strands.map(({ strand }) => String(strand)).join();
    this.reports.delete(key);
    this.reports.set(key, report);
    if (this.reports.size > MAX_REPLAYS) this.reports.delete(this.reports.keys().next().value!);
  }

  /** Whether any replay plays; null when none has reported. */
  isPlaying(): boolean | null {
    if (this.reports.size === 0) return null;
    return [...this.reports.values()].some(({ state }) => state === 'playing');
  }

  /** Of the replay with the largest error; null when none has reported. */
  timing(): ReplayTiming | null {
    let worst: ReplayTiming | null = null;
    for (const { timing } of this.reports.values())
      if (timing !== undefined && (worst === null || (timing.errorMs ?? 0) > (worst.errorMs ?? 0)))
        worst = timing;
    return worst;
  }
}
