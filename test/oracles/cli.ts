import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asError } from '../../nodes/lib/errors.js';
import { checkAlarms } from './check-alarms.js';
import { checkFeatures } from './check-features.js';
import { checkMetrics, holdsMetrics } from './metrics-vectors.js';

/** Says what is wrong with a file's content; null when the file is none of its kind. */
type Check = (content: unknown) => string[] | null | Promise<string[] | null>;

/** What `npm run oracle -- KIND DIR` can check. */
const KINDS: Readonly<Record<string, Check>> = {
  alarms: checkAlarms,
  features: checkFeatures,
  metrics: (content) => (holdsMetrics(content) ? checkMetrics(content) : null),
};

const usage = `Checks the core against golden vectors, file by file.

  npm run -s oracle -- ${Object.keys(KINDS).join('|')} DIR`;

/** Problems shown per file. */
const SHOWN = 10;

async function main([kind = '', folder = '']: readonly string[]): Promise<number> {
  const check = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  if (check === undefined || folder === '') {
    console.error(usage);
    return 2;
  }
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort();
  let [passed, failed] = [0, 0];
  for (const file of files) {
    const problems = await problemsOf(join(folder, file), check);
    if (problems === null) continue;
    if (problems.length > 0) failed++;
    else passed++;
    console.log(`${problems.length === 0 ? 'pass' : 'FAIL'}  ${file}`);
    for (const problem of problems.slice(0, SHOWN)) console.log(`      ${problem}`);
    if (problems.length > SHOWN) console.log(`      and ${problems.length - SHOWN} more`);
  }
  if (passed + failed === 0) console.error(`${folder}: no vector files of ${kind} (*.json)`);
  console.log(`${passed} passed, ${failed} failed`);
  return failed > 0 || passed === 0 ? 1 : 0;
}

async function problemsOf(path: string, check: Check): Promise<string[] | null> {
  try {
    return await check(JSON.parse(readFileSync(path, 'utf8')));
  } catch (err) {
    return [`can't be checked: ${asError(err).message}`];
  }
}

main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (err: unknown) => {
    console.error(asError(err).message);
    process.exitCode = 2;
  },
);
