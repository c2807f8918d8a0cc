import { unwatchFile, watchFile } from 'node:fs';
import type { Clock, TimerHandle } from '../lib/clock.js';

/** How often the file is looked at. Asking works where events don't: network drives, containers, mounted folders. */
const LOOK_MS = 1000;
/** How long a file must be left alone before it counts as written: a half-written one could be valid YAML. */
const SETTLE_MS = 200;

/** Calls back when the file has been written, replaced, or has appeared. Returns the way to stop it. */
export function watchWritten(path: string, clock: Clock, written: () => void): () => void {
  let settling: TimerHandle | null = null;
  const stopSettling = (): void => {
    if (settling !== null) clock.cancel(settling);
    settling = null;
  };
  const changed = ({ mtimeMs }: { mtimeMs: number }): void => {
    stopSettling();
    // mtime 0 stands for a file that is not there: an editor may be replacing it.
    if (mtimeMs > 0) settling = clock.after(SETTLE_MS, written);
  };
  watchFile(path, { interval: LOOK_MS, persistent: false }, changed);
  return () => {
    stopSettling();
    unwatchFile(path, changed);
  };
}
