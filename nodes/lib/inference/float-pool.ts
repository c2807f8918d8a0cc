/** Idle arrays kept; more are left to the garbage collector. Runs under way are few unless a replay is unpaced. */
const MAX_IDLE = 64;

/** Input arrays of one size, used again once their run is over, so that an instant allocates none. */
export class FloatPool {
  private readonly idle: Float32Array[] = [];

  constructor(private readonly size: number) {}

  /** An array of the pool's size holding anything: the caller writes every place. */
  take(): Float32Array {
    return this.idle.pop() ?? new Float32Array(this.size);
  }

  /** Gives an array back. Only when the engine no longer reads it. */
  give(array: Float32Array): void {
    if (this.idle.length < MAX_IDLE) this.idle.push(array);
  }
}
