import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../nodes/lib/package-paths.js';
import { writeIndex } from '../simulator/cast-file.js';
import { usual } from '../simulator/cast-series.js';
import { carryOutAll } from '../simulator/casts-pool.js';

/** Seed of the sets that are simulated when none is given: no other command uses it by itself. */
const SEED = 2026;

/** What is simulated, under `out/evaluation/`. */
const sets = {
  heldout: { count: 60, variant: usual },
  faults: { count: 120, variant: { calm: true, faultRate: 2, varied: false } },
} as const;

/**
 * Makes the default set unless it is there already.
 * @returns its folder
 */
export async function defaultCasts(
  faultsOnly: boolean,
  workers: number,
  say: (text: string) => void,
): Promise<string> {
  const name = faultsOnly ? 'faults' : 'heldout';
  const { count, variant } = sets[name];
  const out = join(packageRoot(), 'out', 'evaluation', `${name}-${SEED}`);
  if (existsSync(join(out, 'casts.json'))) {
    say(`${count} casts of an earlier run are in ${out}`);
    return out;
  }
  say(`simulating ${count} casts into ${out}`);
  mkdirSync(out, { recursive: true });
  const jobs = Array.from({ length: count }, (_, index) => ({
    ...{ split: 'heldout', seed: SEED, index, out, variant },
  })) as Parameters<typeof carryOutAll>[0];
  writeIndex(out, await carryOutAll(jobs, workers, () => undefined));
  return out;
}
