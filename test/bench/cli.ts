import { cpus } from 'node:os';
import { typedOptions } from '../../models/command-line.js';
import { asError } from '../../nodes/lib/errors.js';
import { alarms } from './alarms.bench.js';
import { dashboard } from './dashboard.bench.js';
import { features } from './features.bench.js';
import { flow } from './flow.bench.js';
import { inference } from './inference.bench.js';
import { peers } from './peers.bench.js';
import { replay } from './replay.bench.js';
import { jsonRow, table, type Finding, type Wishes } from './row.js';

const BENCHMARKS = [features, peers, inference, flow, replay, alarms, dashboard];

const usage = `Measures StrandWatch against what else there is, each against something timed in the same run.

  npm run bench                   all of it, as a table (some 8 minutes on two cores)
  npm run -s bench -- --json      rows of {name, ours, reference, ratio, unit}; ratio = ours / reference
  npm run bench -- --only NAME    one benchmark:
${BENCHMARKS.map(({ name, about }) => `      ${name.padEnd(12)}${about}`).join('\n')}
  npm run bench -- --minutes N    with --only dashboard: watches the page for longer`;

const OPTIONS = {
  json: { type: 'boolean' },
  only: { type: 'string' },
  minutes: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

async function main(): Promise<void> {
  const { json = false, only, minutes, help = false } = typedOptions(process.argv.slice(2), OPTIONS);
  if (help) return console.log(usage);
  const chosen = BENCHMARKS.filter(({ name }) => only === undefined || name === only);
  if (chosen.length === 0)
    throw new Error(
      `--only: expected one of ${BENCHMARKS.map(({ name }) => name).join(', ')}, got ${JSON.stringify(only)}.`,
    );
  if (minutes !== undefined && !(Number(minutes) > 0))
    throw new Error(`--minutes: expected a number above 0, got ${JSON.stringify(minutes)}.`);
  const wishes: Wishes = minutes === undefined ? {} : { minutes: Number(minutes) };
  const findings: Finding[] = [];
  for (const { name, run } of chosen)
    findings.push(...(await run((line) => console.error(`${name}: ${line}`), wishes)));
  if (json) return console.log(JSON.stringify(findings.map(jsonRow), null, 2));
  const { length, 0: first } = cpus();
  console.log(`Node ${process.versions.node}, ${length} x ${first?.model ?? 'unknown processor'}\n`);
  console.log(table(findings));
}

main().then(
  // Something a library left open must not keep a finished run alive.
  () => process.exit(),
  (err: unknown) => {
    console.error(asError(err).message);
    process.exit(1);
  },
);
