import { BaselineMean } from '../../lib/statistics/baseline-mean.js';
import { RollingMean } from '../../lib/statistics/rolling-mean.js';

const SHORT_S = 3;
const MINUTE_S = 60;
/** Time constant of the usual speed, s: of the order of the baselines that features are taken from. */
const USUAL_S = 600;

/** How fast a strand is cast and how that changes; several process states are told from it. Updated before them. */
export class CastingMotion {
  /** Mean over 3 s, m/min: seven deviations of the sensor's noise are 0.016. NaN while the speed is missing. */
  speed = NaN;
  /** Of `speed` from its last minute's mean, m/min. */
  departure = NaN;
  private readonly short: RollingMean;
  private readonly minute: RollingMean;
  private readonly slow: BaselineMean;

  constructor(samples: (seconds: number) => number) {
    this.short = new RollingMean(samples(SHORT_S));
    this.minute = new RollingMean(samples(MINUTE_S));
    this.slow = new BaselineMean(samples(USUAL_S));
  }

  /** m/min */
  get usual(): number {
    return this.slow.value;
  }

  /** @param counts whether this second tells what is usual: a start-up doesn't */
  update(speed: number, counts: boolean): void {
    this.speed = this.short.push(speed);
    this.departure = this.speed - this.minute.push(speed);
    if (counts) this.slow.push(speed);
  }
}
