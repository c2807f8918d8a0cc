import type { CastingMotion } from './casting-motion.js';
import type { Recogniser } from './recogniser.js';

/** Share of the usual speed from which the strand is cast as before. */
const BACK = 0.9;

/** The strand was slowed down far below its usual speed, for a sticker or a trouble elsewhere, and comes back. */
export class Recovery implements Recogniser {
  readonly state = 'recovery';
  private holds = false;
  private backS = 0;

  constructor(
    private readonly motion: CastingMotion,
    /** Share of the usual speed, and s. */
    private readonly limits: { readonly below: number; readonly hold: number },
    private readonly sampleS: number,
    private readonly isStarting: () => boolean,
  ) {}

  update(): boolean {
    const { speed, usual } = this.motion;
    if (this.isStarting()) return (this.holds = false);
    if (speed < this.limits.below * usual) {
      this.holds = true;
      this.backS = 0;
    } else if (this.holds && speed >= BACK * usual) {
      this.backS += this.sampleS;
      if (this.backS >= this.limits.hold) this.holds = false;
    }
    return this.holds;
  }

  text(): string {
    const { speed, usual } = this.motion;
    return `slowed down to ${speed.toFixed(2)} m/min, usual ${usual.toFixed(2)}`;
  }
}
