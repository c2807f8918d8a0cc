import { basename } from 'node:path';
import type { Clock } from '../lib/clock.js';
import { readConfigText, readConfigTextLater } from '../lib/config/config-file.js';
import { readConfig } from '../lib/config/read-config.js';
import { asError } from '../lib/errors.js';
import { shipped, userPath } from '../lib/package-paths.js';
import type { StrandConfigSettings } from './strand-config.config.js';
import { watchWritten } from '../lib/watched-file.js';

/** Where the YAML comes from: a file that is followed, or the form. */
export interface ConfigSource {
  /** What errors and statuses call it. */
  readonly name: string;
  /** What the YAML says. @throws ConfigError */
  parse(text: string): unknown;
  /**
   * Hands over the text at once, and again after each change until the returned function is called.
   * What reading or `load` throws goes to `complain`.
   */
  follow(load: (text: string) => void, complain: (err: Error) => void, clock: Clock): () => void;
}

export function configSource(own: StrandConfigSettings, userDir: string): ConfigSource {
  if (own.source === 'inline') return inlineSource(own.yaml);
  return fileSource(own.file === '' ? shipped.config() : userPath(own.file, userDir));
}

function inlineSource(yaml: string): ConfigSource {
  const name = 'inline YAML';
  return {
    name,
    parse: (text) => readConfig(text, name).raw,
    follow(load, complain) {
      trying(() => load(yaml), complain);
      return () => undefined;
    },
  };
}

function fileSource(path: string): ConfigSource {
  const name = basename(path);
  return {
    name,
    parse: (text) => readConfig(text, name).raw,
    follow(load, complain, clock) {
      let isClosed = false;
      let reads = 0;
      let known: string | null = null;
      const take = (text: string): void => {
        // Touched or written back as it was: nothing to tell anyone.
        if (text === known) return;
        known = text;
        load(text);
      };
      const stop = watchWritten(path, clock, () => {
        const read = ++reads;
        readConfigTextLater(path).then(
          (text) => {
            if (!isClosed && read === reads) trying(() => take(text), complain);
          },
          (err: unknown) => {
            if (!isClosed && read === reads) complain(asError(err));
          },
        );
      });
      // The nodes created after this one need the configuration, so that the first reading waits for the disk.
      trying(() => take(readConfigText(path)), complain);
      return () => {
        isClosed = true;
        stop();
      };
    },
  };
}

function trying(act: () => void, complain: (err: Error) => void): void {
  try {
    act();
  } catch (err) {
    complain(asError(err));
  }
}
