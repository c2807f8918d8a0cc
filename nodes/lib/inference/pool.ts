/** Idle things kept; more are left to the garbage collector. Few runs are under way at once unless a source floods. */
const MAX_IDLE = 8;

/** Things that are dear to make, used again once their run is over. */
export class Pool<Thing> {
  private readonly idle: Thing[] = [];

  constructor(private readonly make: () => Thing) {}

  /** One in any state: the caller writes every place that it reads. */
  take(): Thing {
    return this.idle.pop() ?? this.make();
  }

  /** Gives one back. Only when the engine no longer reads it. */
  give(thing: Thing): void {
    if (this.idle.length < MAX_IDLE) this.idle.push(thing);
  }
}
