/**
 * The strand as a clock: how much has been cast by each second, and when the slice now at some depth was made.
 * Everything that travels down the strand goes by this, never by time.
 */
export class Strand {
  /** m/min, one per second. */
  readonly speed: Float64Array;
  /** m cast since the start. */
  readonly position: Float64Array;

  constructor(speed: Float64Array) {
    this.speed = speed;
    this.position = new Float64Array(speed.length);
    let position = 0;
    for (let t = 0; t < speed.length; t++) this.position[t] = position += speed[t]! / 60;
  }

  /** For each second, the (fractional) second in which the slice now `depth` m down left the meniscus; 0 before. */
  meniscusTimes(depth: number): Float64Array {
    const { position } = this;
    const out = new Float64Array(position.length);
    let before = 0;
    for (let t = 0; t < position.length; t++) {
      const target = position[t]! - depth;
      if (target <= position[0]!) continue;
      while (position[before + 1]! <= target) before++;
      const step = position[before + 1]! - position[before]!;
      out[t] = before + (target - position[before]!) / step;
    }
    return out;
  }

  /** First second in which the slice cast at `t` is at least `distance` m further down; the last one if never. */
  secondsUntil(t: number, distance: number): number {
    const target = this.position[t]! + distance;
    let low = t;
    let high = this.position.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.position[middle]! >= target) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
