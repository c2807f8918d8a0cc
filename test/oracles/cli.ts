import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asError } from '../../nodes/lib/errors.js';
import { checkFeatures } from './check-features.js';

/** What `npm run oracle -- KIND DIR` can check: each takes a file's content and says what is wrong. */
const KINDS: Readonly<Record<string, (content: unknown) => string[] | Promise<string[]>>> = {
  features: checkFeatures,
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
  let failed = 0;
  for (const file of files) {
    const problems = await problemsOf(join(folder, file), check);
    if (problems.length > 0) failed++;
    console.log(`${problems.length === 0 ? 'pass' : 'FAIL'}  ${file}`);
    for (const problem of problems.slice(0, SHOWN)) console.log(`      ${problem}`);
    if (problems.length > SHOWN) console.log(`      and ${problems.length - SHOWN} more`);
  }
  if (files.length === 0) console.error(`${folder}: no vector files (*.json)`);
  console.log(`${files.length - failed} passed, ${failed} failed`);
  return failed > 0 || files.length === 0 ? 1 : 0;
}

async function problemsOf(
  path: string,
  check: (content: unknown) => string[] | Promise<string[]>,
): Promise<string[]> {
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
