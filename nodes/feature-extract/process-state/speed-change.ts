import type { CastingMotion } from './casting-motion.js';
import type { Recogniser } from './recogniser.js';

/** Once in a change, the speed must come this near to its minute's mean for the change to be over; share of `by`. */
const OVER = 0.5;

/** The speed leaves its last minute's mean, and the change lasts until that has caught up. A start-up is its own state. */
export class SpeedChange implements Recogniser {
  readonly state = 'speed-change';
  private holds = false;

  constructor(
    private readonly motion: CastingMotion,
    /** m/min */
    private readonly by: number,
    private readonly isStarting: () => boolean,
  ) {}

  update(): boolean {
    if (this.isStarting()) return (this.holds = false);
    const departure = Math.abs(this.motion.departure);
    if (departure === departure) this.holds = departure >= (this.holds ? OVER * this.by : this.by);
    return this.holds;
  }

  text(): string {
    const { speed, departure } = this.motion;
    return `casting speed ${departure > 0 ? 'rises' : 'falls'} from ${(speed - departure).toFixed(2)} m/min`;
  }
}
