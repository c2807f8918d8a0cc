import { createRequire } from 'node:module';

/**
 * A module as the package ships it, by its path under `dist/nodes`. Where some microseconds count, the sources won't do: run
 * by tsx, they name each function anew whenever it is made.
 */
export const built = <Module>(path: string): Module =>
  createRequire(__filename)(`../../dist/nodes/${path}`) as Module;
