import assert from 'node:assert/strict';
import { judge, type Look } from '../../soak/judge.js';

const HOURS = 100;
const READINGS_PER_HOUR = 3600;
const LOOKS = 600;

/** Noise that repeats, between -1 and 1. */
const noise = (at: number): number => Math.sin(at * 12.9898) * Math.cos(at * 78.233);

/** A process as it is, 3 MB of RSS and 1 MB of heap up and down, and what `change` makes of it. */
const looks = (change: (hours: number) => Partial<Look>): Look[] =>
  Array.from({ length: LOOKS }, (_, index) => {
    const hours = (HOURS * index) / LOOKS;
    const usual = { heap: 80e6 + 1e6 * noise(index), buffers: 30e6, handles: 20, delayP99: 20 };
    return { hours, rss: 400e6 + 3e6 * noise(3 * index), ...usual, ...change(hours) };
  });
const notFlat = (change: (hours: number) => Partial<Look>): string[] =>
  judge(looks(change), HOURS).flatMap(({ name, isFlat }) => (isFlat ? [] : [name]));

describe('a soak', () => {
  it('is flat when figures only go up and down', () =>
    assert.deepEqual(
      notFlat(() => ({})),
      [],
    ));

  it('is flat when memory rises to its level first, in ever rarer steps', () => {
    const steps = (hours: number) => [2, 5, 10, 18, 33, 48].filter((step) => hours > step).length;
    assert.deepEqual(
      notFlat((hours) => ({ rss: 390e6 + 4e6 * steps(hours) + 3e6 * noise(97 * hours) })),
      [],
    );
  });

  const leaked = (hours: number, bytes: number): number => bytes * READINGS_PER_HOUR * hours;
  it('is not when each reading leaves 100 bytes in the heap', () =>
    assert.deepEqual(
      notFlat((hours) => ({
        heap: 80e6 + leaked(hours, 100) + 1e6 * noise(61 * hours),
        rss: 400e6 + leaked(hours, 100) + 3e6 * noise(97 * hours),
      })),
      ['RSS', 'JavaScript heap after collection'],
    ));

  it('is not when each reading leaves 100 bytes outside of it', () =>
    assert.deepEqual(
      notFlat((hours) => ({ rss: 400e6 + leaked(hours, 100) + 3e6 * noise(97 * hours) })),
      ['RSS'],
    ));

  it('is not when each cast of 20 min leaves a timer', () =>
    assert.deepEqual(
      notFlat((hours) => ({ handles: 20 + Math.floor(3 * hours) })),
      ['handles, timers, requests'],
    ));
});
