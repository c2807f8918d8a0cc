import type { CastInfo, PipelineMessage } from '../lib/messages.js';

/** Knows which cast a strand is on and how long it has been cast, also where no reading says so. */
export class CastTracker {
  current: CastInfo;
  /** Time at which the cast had run for 0 s, ms; NaN before its first reading. */
  private zeroMs = NaN;

  constructor(strand: string) {
    this.current = { strand, castId: '', elapsed: 0 };
  }

  /** Takes the cast of a reading over; an `elapsed` that it doesn't have (NaN) is counted from the first reading. */
  note(message: PipelineMessage): void {
    const { cast, timestamp } = message;
    if (Number.isNaN(cast.elapsed)) {
      if (Number.isNaN(this.zeroMs)) this.zeroMs = timestamp;
      message.cast = { ...cast, elapsed: (timestamp - this.zeroMs) / 1000 };
    } else this.zeroMs = timestamp - cast.elapsed * 1000;
    this.current = message.cast;
  }

  /** The cast at an instant without a reading: it goes on, but where the strand then is nobody told. */
  at(timeMs: number): CastInfo {
    const cast: { -readonly [Key in keyof CastInfo]: CastInfo[Key] } = { ...this.current };
    cast.elapsed = (timeMs - this.zeroMs) / 1000;
    delete cast.position;
    return cast;
  }

  restart(): void {
    this.zeroMs = NaN;
  }
}
