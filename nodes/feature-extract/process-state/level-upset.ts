import { BaselineMean } from '../../lib/statistics/baseline-mean.js';
import { RollingMoments } from '../../lib/statistics/rolling-moments.js';
import { SeriesHistory } from '../../lib/statistics/series-history.js';
import { valueOf, type Now, type Recogniser } from './recogniser.js';

const WINDOW_S = 60;
/** Time constant of what is usual, s. */
const USUAL_S = 1800;
/** Seconds of casting before anything is known to be usual. */
const KNOWN_S = 300;
/** Share of the limit below which the level is calm again. */
const CALM = 0.8;

/** The mold level moves far more than is usual for this cast. */
export class LevelUpset implements Recogniser {
  readonly state = 'level-upset';
  private readonly history: SeriesHistory;
  private readonly moments: RollingMoments;
  private readonly usual: BaselineMean;
  private knownS = 0;
  private deviation = NaN;
  private holds = false;

  constructor(
    private readonly level: number,
    /** `least` in mm. */
    private readonly limits: { readonly factor: number; readonly least: number },
    samples: (seconds: number) => number,
    private readonly sampleS: number,
    private readonly isStarting: () => boolean,
  ) {
    const window = samples(WINDOW_S);
    this.history = new SeriesHistory(window);
    this.moments = new RollingMoments(this.history, window);
    this.usual = new BaselineMean(samples(USUAL_S));
  }

  update(now: Now): boolean {
    this.history.push(valueOf(now, this.level));
    this.deviation = this.moments.deviation;
    if (this.isStarting() || this.deviation !== this.deviation) return (this.holds = false);
    const limit = Math.max(this.limits.least, this.limits.factor * this.usual.value);
    this.holds = this.knownS >= KNOWN_S && this.deviation >= (this.holds ? CALM * limit : limit);
    if (!this.holds) this.usual.push(this.deviation);
    this.knownS += this.sampleS;
    return this.holds;
  }

  text(): string {
    const { deviation, usual } = this;
    return `mold level deviates by ${deviation.toFixed(1)} mm over a minute, usual ${usual.value.toFixed(1)}`;
  }
}
