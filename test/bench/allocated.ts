import { PerformanceObserver } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { quantile } from './stopwatch.js';

const ROUNDS = 9;
/** Few enough to stay within the young generation, so that most rounds see no collection. */
const CALLS = 50;

/**
 * Bytes on the JavaScript heap and in array buffers that a call allocates: growth over 50 calls, median over the rounds that
 * no collection interrupted. What is used again (pools) does not count, nor what the engine allocates outside of JavaScript.
 */
export async function allocated(work: () => Promise<unknown>): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  let collections = 0;
  const observer = new PerformanceObserver((list) => (collections += list.getEntries().length));
  observer.observe({ entryTypes: ['gc'] });
  const bytes: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    collect();
    await nextTurn();
    const [before, seen] = [used(), collections];
    for (let i = 0; i < CALLS; i++) await work();
    const after = used();
    await nextTurn();
    if (round > 0 && collections === seen) bytes.push((after - before) / CALLS);
  }
  observer.disconnect();
  return quantile(bytes, 0.5);
}

function used(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Observers hear of a collection after the turn in which it happened. */
const nextTurn = (): Promise<void> => new Promise((resume) => setTimeout(resume, 5));
