import type { Recogniser } from './recogniser.js';
import type { TundishBalance } from './tundish-balance.js';

/** The tundish must hold so much more than the limit for the cast to go on after all. */
const REFILLED = 1.2;

/** The last steel runs out of the tundish: it is low and falls. */
export class TailOut implements Recogniser {
  readonly state = 'tail-out';
  private holds = false;

  constructor(
    private readonly tundish: TundishBalance,
    /** t */
    private readonly below: number,
  ) {}

  update(): boolean {
    const { weight, slope } = this.tundish;
    if (this.holds) this.holds = !(weight > REFILLED * this.below);
    else this.holds = weight < this.below && slope < 0;
    return this.holds;
  }

  text(): string {
    return `tundish down to ${this.tundish.weight.toFixed(1)} t`;
  }
}
