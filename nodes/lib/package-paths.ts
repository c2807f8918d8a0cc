import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';

/** Root of the installed package, the same from the sources and from `dist`. */
export function packageRoot(from: string = __dirname): string {
  let folder = from;
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`no package.json above ${from}`);
    folder = parent;
  }
  return folder;
}

/** What the package ships, for fields that were left blank. */
export const shipped = {
  config: () => join(packageRoot(), 'flows', 'config', 'realtime_inference.yaml'),
  casts: () => join(packageRoot(), 'flows', 'casts'),
  model: (kind: 'baseline' | 'sequence') => join(packageRoot(), 'models', kind, 'model.yaml'),
} as const;

/** Begins a path within the installed package, wherever it lies: `package:flows/pump/plant.yaml`. */
const PACKAGE = 'package:';

/** A path as the user wrote it: absolute as it is, in the package after `package:`, else relative to Node-RED's user directory. */
export function userPath(written: string, userDir: string): string {
  if (written.startsWith(PACKAGE)) return join(packageRoot(), written.slice(PACKAGE.length));
  return isAbsolute(written) ? written : resolve(userDir, written);
}
