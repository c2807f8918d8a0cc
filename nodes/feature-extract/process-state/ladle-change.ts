import type { CastingMotion } from './casting-motion.js';
import type { Recogniser } from './recogniser.js';
import type { TundishBalance } from './tundish-balance.js';

/** Share of the fall at which the ladle is open again. */
const OPEN = 0.5;

/** No steel comes in: the tundish empties at the rate at which the strand takes it. */
export class LadleChange implements Recogniser {
  readonly state = 'ladle-change';
  private isClosed = false;
  private holdS = 0;

  constructor(
    private readonly tundish: TundishBalance,
    private readonly motion: CastingMotion,
    /** t per m of strand, t/min, and s. */
    private readonly limits: { readonly fall: number; readonly least: number; readonly hold: number },
    private readonly sampleS: number,
  ) {}

  update(): boolean {
    // t/s; NaN while the speed is missing, and then nothing can be told.
    const fall = Math.max(this.limits.fall * this.motion.speed, this.limits.least) / 60;
    const { slope } = this.tundish;
    if (fall === fall && slope === slope) this.isClosed = slope <= -fall * (this.isClosed ? OPEN : 1);
    this.holdS = this.isClosed ? this.limits.hold : this.holdS - this.sampleS;
    return this.isClosed || this.holdS > 0;
  }

  text(): string {
    const { slope, weight } = this.tundish;
    return `no inflow: tundish at ${weight.toFixed(1)} t falls by ${(-60 * slope).toFixed(1)} t/min`;
  }
}
