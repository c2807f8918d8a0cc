import { castMs } from '../../lib/clock.js';
import { activeLimit, assess, normal, type ConditionSettings } from '../../lib/alarm-condition/condition.js';
import type { AlarmLevel } from '../../lib/alarm.js';

/** 12 h of predictions at one every 5 s: 14 bytes each, 121 kB a strand. */
const MOST_POINTS = 8640;

/** Alarms that a stretch of risk would have given. */
export interface AlarmCount {
  readonly alarms: number;
  /** Of them, those that became critical. */
  readonly critical: number;
  /** s of cast time with an alarm. */
  readonly activeS: number;
}

/** The ensemble's risk of one strand over hours, so that other settings can be tried on it. A ring, grown as it fills. */
export class RiskMemory {
  private times = new Float64Array(256);
  private risks = new Float32Array(256);
  private runs = new Uint16Array(256);
  private head = 0;
  private count = 0;

  /** @param risk 0..1; null is no evidence either way and isn't kept */
  add(timestamp: number, risk: number | null, run: number): void {
    if (risk === null) return;
    if (this.count === this.times.length && this.count < MOST_POINTS) this.grow();
    this.times[this.head] = timestamp;
    this.risks[this.head] = risk;
    this.runs[this.head] = run;
    this.head = (this.head + 1) % this.times.length;
    this.count = Math.min(this.count + 1, this.times.length);
  }

  /** s of cast time that are kept, gaps between casts aside, of at most the last `hours`. */
  coveredS(hours: number): number {
    let covered = 0;
    this.walk(hours, (_at, _risk, stepS) => (covered += stepS));
    return covered;
  }

  /**
   * The alarms that the last `hours` of cast time would have given under these settings. The same condition, deadband and
   * delays as alert-manager's; a cast's end ends its alarm. What people do about alarms is left out.
   */
  wouldHaveGiven(settings: ConditionSettings<AlarmLevel>, hours: number): AlarmCount {
    let condition = normal(settings.limits);
    let highest: AlarmLevel | null = null;
    const told = { alarms: 0, critical: 0, activeS: 0 };
    this.walk(hours, (at, risk, stepS, isNewRun) => {
      if (isNewRun) {
        condition = normal(settings.limits);
        highest = null;
      }
      condition = assess(condition, risk, castMs(at), settings);
      const level = activeLimit(condition, settings)?.level ?? null;
      if (level !== null) told.activeS += stepS;
      if (level !== null && highest === null) told.alarms++;
      if (level === 'critical' && highest !== 'critical') told.critical++;
      highest = level === null ? null : highest === 'critical' ? highest : level;
    });
    return told;
  }

  /** Oldest first, from the first point that is within `hours` of covered time before the newest. */
  private walk(
    hours: number,
    visit: (at: number, risk: number, stepS: number, isNewRun: boolean) => void,
  ): void {
    const size = this.times.length;
    const index = (age: number): number => (this.head - age + size) % size;
    const step = (age: number): number =>
      age >= this.count || this.runs[index(age)] !== this.runs[index(age + 1)]
        ? 0
        : (this.times[index(age)]! - this.times[index(age + 1)]!) / 1000;
    let from = 0;
    for (let covered = 0; from < this.count; from++) {
      covered += step(from);
      if (covered > 3600 * hours) break;
    }
    for (let age = from; age > 0; age--) {
      const at = index(age);
      const isNewRun = age === from || this.runs[at] !== this.runs[index(age + 1)];
      visit(this.times[at]!, this.risks[at]!, isNewRun ? 0 : step(age), isNewRun);
    }
  }

  private grow(): void {
    const size = Math.min(MOST_POINTS, 2 * this.times.length);
    const [times, risks, runs] = [new Float64Array(size), new Float32Array(size), new Uint16Array(size)];
    // Full and about to wrap: the oldest lies at the head.
    for (let i = 0; i < this.count; i++) {
      const at = (this.head + i) % this.times.length;
      times[i] = this.times[at]!;
      risks[i] = this.risks[at]!;
      runs[i] = this.runs[at]!;
    }
    [this.times, this.risks, this.runs, this.head] = [times, risks, runs, this.count];
  }
}
