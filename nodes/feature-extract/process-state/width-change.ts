import { RollingMean } from '../../lib/statistics/rolling-mean.js';
import { valueOf, type Now, type Recogniser } from './recogniser.js';

const SHORT_S = 3;
const MINUTE_S = 60;

/**
 * The mold is being set to another width. Without a sensor of the width it is not guessed: a rise of friction and a slower
 * strand, all that the other channels show of it, look the same for many other reasons.
 */
export class WidthChange implements Recogniser {
  readonly state = 'width-change';
  private readonly short: RollingMean;
  private readonly minute: RollingMean;
  private departure = NaN;

  constructor(
    private readonly width: number,
    /** mm */
    private readonly by: number,
    samples: (seconds: number) => number,
  ) {
    this.short = new RollingMean(samples(SHORT_S));
    this.minute = new RollingMean(samples(MINUTE_S));
  }

  update(now: Now): boolean {
    if (this.width < 0) return false;
    const width = valueOf(now, this.width);
    this.departure = this.short.push(width) - this.minute.push(width);
    return Math.abs(this.departure) >= this.by;
  }

  text(): string {
    return `mold gets ${this.departure > 0 ? 'wider' : 'narrower'}`;
  }
}
