/**
 * The three times of the house, branded so that the compiler catches one passed for another.
 *
 * - `CastMs`: time of the reading in the cast, ms since the epoch. Drives windows, delays, alarm conditions.
 * - `MonoMs`: monotonic ms from an arbitrary origin. Drives pacing and latency.
 * - `WallMs`: ms since the epoch by the computer's clock. For people and log lines only.
 */
export type CastMs = number & { readonly __time: 'cast' };
export type MonoMs = number & { readonly __time: 'mono' };
export type WallMs = number & { readonly __time: 'wall' };

export const castMs = (ms: number): CastMs => ms as CastMs;
export const monoMs = (ms: number): MonoMs => ms as MonoMs;
export const wallMs = (ms: number): WallMs => ms as WallMs;

/** Handle of a pending timer; opaque to everyone but the clock that gave it. */
export type TimerHandle = object;

/** Every reading of time and every timer goes through one of these, so that tests can turn the hands. */
export interface Clock {
  mono(): MonoMs;
  wall(): WallMs;
  /** Calls back once, no sooner than `delayMs` from now (0 = the next turn of the event loop). */
  after(delayMs: number, callback: () => void): TimerHandle;
  cancel(handle: TimerHandle): void;
}

/** The computer's clock. Its timers never keep the process alive by themselves. */
export const systemClock: Clock = {
  mono: () => monoMs(performance.now()),
  wall: () => wallMs(Date.now()),
  after(delayMs, callback) {
    return delayMs > 0 ? setTimeout(callback, delayMs).unref() : setImmediate(callback);
  },
  cancel(handle) {
    if (handle instanceof setImmediateClass) clearImmediate(handle as NodeJS.Immediate);
    else clearTimeout(handle as NodeJS.Timeout);
  },
};

// Node exports no Immediate class; its constructor is reached through one that never runs.
const setImmediateClass = (() => {
  const probe = setImmediate(() => undefined);
  clearImmediate(probe);
  return probe.constructor as new () => object;
})();
