import { mkdirSync } from 'node:fs';
import { asError, ConfigError, shown } from '../../nodes/lib/errors.js';
import { writeIndex } from './cast-file.js';
import { carryOutAll } from './casts-pool.js';
import { parseOptions, usage } from './cli-options.js';

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options === null) {
    console.log(usage);
    return;
  }
  const { split, seed, count, out, workers, quiet, variant } = options;
  makeFolder(out);
  const jobs = Array.from({ length: count }, (_, index) => ({ split, seed, index, out, variant }));
  const report = (done: number): void => {
    if (!quiet && (done % 50 === 0 || done === count)) console.log(`${done} of ${count} casts written`);
  };
  writeIndex(out, await carryOutAll(jobs, workers, report));
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (err) {
    const reason = asError(err).message;
    throw new ConfigError(
      'FIELD_INVALID',
      `--out: expected a folder to write to, got ${shown(folder)}: ${reason}.`,
      { cause: err },
    );
  }
}

main().catch((err: unknown) => {
  console.error(asError(err).message);
  process.exitCode = 1;
});
