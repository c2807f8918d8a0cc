import { statSync, type Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Clock, TimerHandle } from './clock.js';

/** How often the file is looked at. Asking works where events don't: network drives, containers, mounted folders. */
const LOOK_MS = 1000;
/** How long a file must be left alone before it counts as written: a half-written one could be valid YAML. */
const SETTLE_MS = 200;

const MISSING = 'missing';
const markOf = ({ mtimeMs, size, ino }: Stats): string => `${mtimeMs} ${size} ${ino}`;

/**
 * Calls back when the file has been written, replaced, or has appeared since this call. A file that vanishes is no
 * news: an editor may be replacing it. Returns the way to stop.
 */
export function watchWritten(path: string, clock: Clock, written: () => void): () => void {
  let seen = markNow(path);
  let isSettling = false;
  let isStopped = false;
  let timer: TimerHandle;

  const compare = (mark: string): void => {
    if (isStopped) return;
    if (mark !== seen) {
      seen = mark;
      isSettling = mark !== MISSING;
    } else if (isSettling) {
      isSettling = false;
      written();
    }
    lookLater();
  };
  const lookLater = (): void => {
    timer = clock.after(isSettling ? SETTLE_MS : LOOK_MS, () => {
      stat(path).then(
        (stats) => compare(markOf(stats)),
        () => compare(MISSING),
      );
    });
  };
  lookLater();
  return () => {
    isStopped = true;
    clock.cancel(timer);
  };
}

/** Waits for the disk: what is read right after must not be older than the mark. */
function markNow(path: string): string {
  try {
    return markOf(statSync(path));
  } catch {
    return MISSING;
  }
}
