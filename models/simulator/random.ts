/**
 * A seeded random stream: sfc32 (C. Doty-Humphrey, PractRand), its state hashed from a text key.
 * Every draw of a shape costs a fixed number of steps, so streams stay aligned whatever the values are.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(key: string) {
    const [a, b, c] = hashed(key);
    this.#a = a;
    this.#b = b;
    this.#c = c;
    // sfc32 wants a dozen rounds until its state is mixed.
    for (let round = 0; round < 12; round++) this.#next();
  }

  /** Even over [from, to). */
  uniform(from = 0, to = 1): number {
    return from + (to - from) * (this.#next() / 2 ** 32);
  }

  /** Whole number, even over from..to, both included. */
  integer(from: number, to: number): number {
    return from + Math.floor(this.uniform(0, to - from + 1));
  }

  chance(probability: number): boolean {
    return this.uniform() < probability;
  }

  sign(): 1 | -1 {
    return this.chance(0.5) ? 1 : -1;
  }

  /** Standard normal. */
  normal(): number {
    return normalQuantile((this.#next() + 0.5) / 2 ** 32);
  }

  /** Log-normal by its median. */
  logNormal(median: number, spread: number): number {
    return median * Math.exp(spread * this.normal());
  }

  /** Number of events of a Poisson process, by its mean (Knuth; means here stay below 5). */
  poisson(mean: number): number {
    const floor = Math.exp(-mean);
    let count = 0;
    for (let product = this.uniform(); product > floor; product *= this.uniform()) count++;
    return count;
  }

  /** One of `items`, by weight. */
  pick<Item>(items: readonly Item[], weights?: readonly number[]): Item {
    const total = weights?.reduce((sum, weight) => sum + weight, 0) ?? items.length;
    let rest = this.uniform(0, total);
    for (let i = 0; i < items.length - 1; i++) {
      rest -= weights?.[i] ?? 1;
      if (rest < 0) return items[i]!;
    }
    return items[items.length - 1]!;
  }

  #next(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }
}

/** The independent streams of one cast, by name. */
export type Streams = (name: string) => Random;

export function streamsOf(seed: string): Streams {
  return (name) => new Random(`${seed}/${name}`);
}

/** Three 32-bit words from a text: each lane mixes every character and ends in the finaliser of MurmurHash3. */
function hashed(key: string): [number, number, number] {
  const lanes: [number, number, number] = [0x9e3779b9, 0x85ebca6b, 0xc2b2ae35];
  for (let i = 0; i < key.length; i++) {
    for (let lane = 0; lane < 3; lane++) {
      const mixed = Math.imul(lanes[lane]! ^ key.charCodeAt(i), 0x01000193 + 2 * lane);
      lanes[lane] = (mixed << (13 + lane)) | (mixed >>> (19 - lane));
    }
  }
  return [finalised(lanes[0]), finalised(lanes[1] ^ lanes[0]), finalised(lanes[2] ^ lanes[1])];
}

function finalised(word: number): number {
  let mixed = word ^ (word >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/**
 * Value below which a standard normal falls with `probability`, to about 1e-9 relative.
 * A rational function in 95 % of all draws: these have the same bits on every machine.
 * Source: P. J. Acklam's approximation of the inverse normal distribution, 2003.
 */
function normalQuantile(probability: number): number {
  if (probability < TAIL) return tail(Math.sqrt(-2 * Math.log(probability)));
  if (probability > 1 - TAIL) return -tail(Math.sqrt(-2 * Math.log(1 - probability)));
  const q = probability - 0.5;
  const r = q * q;
  return (
    ((((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.357751867269) * r -
      30.66479806614716) *
      r +
      2.506628277459239) *
      q) /
    (((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r + 66.80131188771972) * r -
      13.28068155288572) *
      r +
      1)
  );
}

const TAIL = 0.02425;

function tail(q: number): number {
  return (
    (((((-0.007784894002430293 * q - 0.3223964580411365) * q - 2.400758277161838) * q - 2.549732539343734) *
      q +
      4.374664141464968) *
      q +
      2.938163982698783) /
    ((((0.007784695709041462 * q + 0.3224671290700398) * q + 2.445134137142996) * q + 3.754408661907416) * q +
      1)
  );
}
