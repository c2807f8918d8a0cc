import type { CastingMotion } from './casting-motion.js';
import type { Recogniser } from './recogniser.js';

/** Nearer to its last minute's mean the speed is steady, m/min. */
const STEADY_BAND = 0.02;

/** A cast whose first speed is low is starting, until the speed has been above that, and steady, for a while. */
export class StartUp implements Recogniser {
  readonly state = 'start-up';
  /** null before the first speed. */
  private isStarting: boolean | null = null;
  private steadyS = 0;

  constructor(
    private readonly motion: CastingMotion,
    /** m/min and s. */
    private readonly limits: { readonly below: number; readonly settle: number },
    private readonly sampleS: number,
  ) {}

  get holds(): boolean {
    return this.isStarting === true;
  }

  update(): boolean {
    const { speed, departure } = this.motion;
    if (speed !== speed) return this.holds;
    this.isStarting ??= speed < this.limits.below;
    if (!this.isStarting) return false;
    const isSteady = speed >= this.limits.below && Math.abs(departure) < STEADY_BAND;
    this.steadyS = isSteady ? this.steadyS + this.sampleS : 0;
    if (this.steadyS >= this.limits.settle) this.isStarting = false;
    return this.isStarting;
  }

  text(): string {
    return `the cast begins at ${this.motion.speed.toFixed(2)} m/min`;
  }
}
