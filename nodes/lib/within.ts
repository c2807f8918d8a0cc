import type { Clock, TimerHandle } from './clock.js';

/** Waits for `work`, but no longer than `ms`; what takes longer goes on unattended. Failures of `work` come through. */
export async function within(clock: Clock, ms: number, work: Promise<void>): Promise<void> {
  let timer: TimerHandle | null = null;
  const tooLong = new Promise<void>((resolve) => (timer = clock.after(ms, resolve)));
  await Promise.race([work, tooLong]);
  if (timer !== null) clock.cancel(timer);
}
