import type { CastMs } from '../clock.js';
import { logit } from '../log-odds.js';
import type { Contribution } from '../messages.js';
import type { Instant } from './predictor.js';

/** Log-odds by which the risk must have grown since it was last explained to be explained anew: 1.6 times the odds. */
const RISE = 0.5;

/** An explanation of a strand, under way or made. */
export interface Explanation {
  readonly castId: string;
  readonly at: CastMs;
  readonly logOdds: number;
  /** Undefined while it is made. */
  contributions: readonly Contribution[] | undefined;
}

/**
 * Decides which instants are worth the runs of an explanation: the first of a cast, then whenever the risk has grown by
 * 0.5 log-odds or `everyS` of cast time went by since the last explained one. The instants between carry that explanation
 * on. It looks at cast time and probabilities alone, so a replay explains the same instants at any speed.
 * Remembers one explanation for each of `maxStrands` strands; the strand without a risk for longest is forgotten first.
 */
export class ExplanationPlan {
  private readonly byStrand = new Map<string, Explanation>();

  constructor(
    private readonly everyS: number,
    private readonly maxStrands: number,
  ) {}

  /** The explanation that the instant is to have; a new one, which the caller must make, when that of the strand won't do. */
  visit(
    { topic, timestamp, cast }: Omit<Instant<unknown>, 'payload'>,
    probability: number,
  ): { readonly explanation: Explanation; readonly isNew: boolean } {
    const logOdds = logit(probability);
    const castId = cast?.castId ?? '';
    const last = this.byStrand.get(topic);
    this.byStrand.delete(topic);
    const isGood =
      last !== undefined &&
      last.castId === castId &&
      timestamp >= last.at &&
      timestamp - last.at < 1000 * this.everyS &&
      logOdds - last.logOdds < RISE;
    const explanation = isGood ? last : { castId, at: timestamp, logOdds, contributions: undefined };
    this.byStrand.set(topic, explanation);
    if (this.byStrand.size > this.maxStrands) this.byStrand.delete(this.byStrand.keys().next().value!);
    return { explanation, isNew: !isGood };
  }

  /** An explanation that came to nothing: the next instant gets one of its own. */
  forget(strand: string, explanation: Explanation): void {
    if (this.byStrand.get(strand) === explanation) this.byStrand.delete(strand);
  }
}
