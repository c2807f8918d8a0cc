/** How a replay keeps its schedule, ms; null before its first reading. */
export interface ReplayTiming {
  readonly errorMs: number | null;
  readonly jitterMs: number | null;
  readonly slippedMs: number;
}

interface Replay {
  readonly isPlaying: boolean;
  readonly timing: ReplayTiming | null;
}

type Fields = Readonly<Record<string, unknown>>;

/** Replays remembered; the one that reported longest ago is forgotten first. */
const MAX_REPLAYS = 64;

/** What the replays last said of themselves, told apart by the strands that they play. */
export class ReplayWatch {
  private readonly replays = new Map<string, Replay>();

  /** Takes the state that `cast-replay` sends from its second output. */
  report({ state, strands, timing }: Fields): void {
    const key = (Array.isArray(strands) ? strands : []).map(strandOf).join();
    this.replays.delete(key);
    this.replays.set(key, { isPlaying: state === 'playing', timing: timingOf(timing) });
    if (this.replays.size > MAX_REPLAYS) this.replays.delete(this.replays.keys().next().value!);
  }

  /** Whether any replay plays; null when none has reported. */
  isPlaying(): boolean | null {
    if (this.replays.size === 0) return null;
    return [...this.replays.values()].some(({ isPlaying }) => isPlaying);
  }

  /** Of the replay with the largest error; null when none has reported. */
  timing(): ReplayTiming | null {
    let worst: ReplayTiming | null = null;
    for (const { timing } of this.replays.values())
      if (timing !== null && (worst === null || (timing.errorMs ?? 0) > (worst.errorMs ?? 0))) worst = timing;
    return worst;
  }
}

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};
const strandOf = (value: unknown): string => {
  const { strand } = fieldsOf(value);
  return typeof strand === 'string' ? strand : '';
};
const ms = (value: unknown): number | null => (typeof value === 'number' ? value : null);

function timingOf(value: unknown): ReplayTiming | null {
  if (value === undefined) return null;
  const { errorMs, jitterMs, slippedMs } = fieldsOf(value);
  return { errorMs: ms(errorMs), jitterMs: ms(jitterMs), slippedMs: ms(slippedMs) ?? 0 };
}
