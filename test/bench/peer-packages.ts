import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const FOLDER = resolve(__dirname, 'peers');

/** Where another package of nodes lies, in the folder of the peers, which is filled when it is empty. @throws when npm can't */
export function peerPackage(name: string, say: (line: string) => void): string {
  const folder = join(FOLDER, 'node_modules', name);
  if (existsSync(folder)) return folder;
  say('installing the peers into test/bench/peers');
  const { status, stderr } = spawnSync('npm ci', { cwd: FOLDER, encoding: 'utf8', shell: true });
  if (status !== 0) throw new Error(`npm ci in ${FOLDER} failed: ${stderr}`);
  return folder;
}

/** Python with pandas: the training's, or the system's; null when neither has it. */
export function pythonWithPandas(): string | null {
  const training = resolve(__dirname, '..', '..', 'models', 'training', '.venv', 'bin', 'python');
  const candidates = [process.env.PYTHON, training, 'python3', 'python'].filter((path) => path !== undefined);
  return candidates.find((path) => spawnSync(path, ['-c', 'import pandas']).status === 0) ?? null;
}

export interface PandasTimes {
  readonly pandas: string;
  /** ns per reading for mean, std, min and max together. */
  readonly batch: number;
  readonly live: number;
}

/** @throws with what Python said */
export function pandasTimes(python: string, values: Float64Array, window: number, rounds = 5): PandasTimes {
  const input = JSON.stringify({ values: [...values], window, rounds });
  const script = join(FOLDER, 'rolling.py');
  const { status, stdout, stderr } = spawnSync(python, [script], { input, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${script}: ${stderr}`);
  return JSON.parse(stdout) as PandasTimes;
}
