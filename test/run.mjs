/**
 * `node test/run.mjs SUITE... [what Mocha takes]`: runs each suite in a process of its own, one after the other, and counts
 * over all of them. What one suite leaves behind - memory, a busy event loop, a crash - doesn't reach the next, and a suite
 * that hangs costs its time, not the whole run.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What Mocha is given; the faults are run apart from the other node tests because they leave the most behind. */
const SUITES = {
  unit: ['test/unit/**/*_spec.ts'],
  nodes: ['test/nodes/**/*_spec.ts', '--ignore', 'test/nodes/faults/**'],
  faults: ['test/nodes/faults/**/*_spec.ts'],
  flows: ['test/flows/**/*_spec.ts'],
  e2e: ['test/e2e/**/*_spec.ts'],
  smoke: ['test/smoke/**/*_spec.ts'],
};
/** The longest suite takes some 3 min on two quiet cores. */
const SUITE_WITHIN_MS = 20 * 60_000;

const mocha = createRequire(import.meta.url).resolve('mocha/bin/mocha.js');
const reporter = fileURLToPath(new URL('support/telling-reporter.cjs', import.meta.url));

const args = process.argv.slice(2);
const suites = args.filter((arg) => arg in SUITES);
const options = args.filter((arg) => !(arg in SUITES));
if (suites.length === 0) throw new Error(`expected one or more of ${Object.keys(SUITES).join(', ')}`);

const folder = mkdtempSync(join(tmpdir(), 'strandwatch-tests-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const results = [];
for (const suite of suites) results.push(await run(suite));

for (const { suite, counts, trouble } of results)
  console.log(`${suite}: ${counts.passes} passing${trouble === null ? '' : `, ${trouble}`}`);
const sum = (kind) => results.reduce((total, { counts }) => total + counts[kind], 0);
console.log(`${sum('passes')} passing, ${sum('failures')} failing, ${sum('pending')} pending`);
if (results.some(({ trouble }) => trouble !== null)) process.exitCode = 1;

/** @returns what Mocha counted, and why the suite is not green: null when it is */
async function run(suite) {
  const file = join(folder, suite);
  const told = ['--reporter', reporter, '--reporter-option', `file=${file}`];
  // A group of its own, so that whatever its tests started ends with a suite that is given up.
  const child = spawn(process.execPath, [mocha, ...SUITES[suite], ...told, ...options], {
    stdio: 'inherit',
    detached: true,
  });
  const interrupt = (signal) => {
    process.kill(-child.pid, signal);
    process.exit(1);
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, interrupt);
  let isHung = false;
  const giveUp = setTimeout(() => {
    isHung = true;
    process.kill(-child.pid, 'SIGKILL');
  }, SUITE_WITHIN_MS);
  const end = await new Promise((resolve) =>
    child.on('exit', (code, signal) => resolve(signal ?? `code ${code}`)),
  );
  clearTimeout(giveUp);
  for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, interrupt);

  const { counts = { passes: 0, failures: 0, pending: 0 }, running } = newsIn(file);
  const isOver = running === undefined;
  const where = isOver ? 'after its last test' : `in "${running}"`;
  const trouble = isHung ? `hung ${where}` : `ended with ${end}${isOver ? '' : ` ${where}`}`;
  return { suite, counts, trouble: end === 'code 0' && isOver ? null : trouble };
}

function newsIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { running: 'no test: nothing was loaded' };
  }
}
