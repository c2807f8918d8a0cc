import { readFileSync, statSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { asError, ConfigError } from '../errors.js';
import { MAX_LENGTH } from './config-yaml.js';
import { readConfig, type ReadConfig } from './read-config.js';

/**
 * Reads a configuration file, waiting for the disk: for the start of a node or a program only.
 * @throws ConfigError CONFIG_UNREADABLE or CONFIG_INVALID, naming the file
 */
export const readConfigFile = (path: string): ReadConfig => readConfig(readConfigText(path), basename(path));

/** The text of a configuration file, waiting for the disk. @throws ConfigError CONFIG_UNREADABLE */
export function readConfigText(path: string): string {
  try {
    refuseHuge(path, statSync(path).size);
    return readFileSync(path, 'utf8');
  } catch (err) {
    throw unreadable(path, err);
  }
}

/** The same while the flow runs, without waiting. */
export async function readConfigTextLater(path: string): Promise<string> {
  try {
    refuseHuge(path, (await stat(path)).size);
    return await readFile(path, 'utf8');
  } catch (err) {
    throw unreadable(path, err);
  }
}

function refuseHuge(path: string, size: number): void {
  if (size <= MAX_LENGTH) return;
  const message = `${path}: expected at most ${MAX_LENGTH} bytes, got ${size}. Is it a configuration file?`;
  throw new ConfigError('CONFIG_UNREADABLE', message);
}

function unreadable(path: string, thrown: unknown): ConfigError {
  if (thrown instanceof ConfigError) return thrown;
  const { code } = thrown as { code?: unknown };
  const reason =
    code === 'ENOENT'
      ? 'no such file. Check the path, or leave the field blank for the shipped configuration.'
      : code === 'EISDIR'
        ? 'is a folder. Name the YAML file in it.'
        : `can't be read (${asError(thrown).message}). Give Node-RED's user the right to read it.`;
  return new ConfigError('CONFIG_UNREADABLE', `${path}: ${reason}`, { cause: thrown });
}
