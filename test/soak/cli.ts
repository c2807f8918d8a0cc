import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { typedOptions } from '../../models/command-line.js';
import { writeCast, writeIndex } from '../../models/simulator/cast-file.js';
import { castInSeries, usual } from '../../models/simulator/cast-series.js';
import { asError } from '../../nodes/lib/errors.js';
import { shipped } from '../../nodes/lib/package-paths.js';
import { numberField } from '../../nodes/lib/parse-field.js';
import type { Figure } from './judge.js';
import { soak } from './soak.js';

const usage = `Runs the whole pipeline for long, with failing sensors, and fails when it does not stay flat.

  npm run soak -- --hours-of-cast 100

  --hours-of-cast N   cast time to pass, all strands together   (default 100)
  --strands N         strands at once                           (default 8)
  --json              the figures as JSON
  --help              this text`;

const OPTIONS = {
  'hours-of-cast': { type: 'string' },
  strands: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Sensors fail more often than they do, and defects come, so that every branch is walked. */
const FAULT_RATE = 4;

async function main(): Promise<void> {
  const given = typedOptions(process.argv.slice(2), OPTIONS);
  if (given.help === true) return console.log(usage);
  const hours = numberField(given['hours-of-cast'], 100, { field: '--hours-of-cast', min: 20, max: 100_000 });
  const strands = numberField(given.strands, 8, { field: '--strands', min: 1, max: 64, integer: true });
  const casts = mkdtempSync(join(tmpdir(), 'strandwatch-soak-'));
  try {
    writeIndex(
      casts,
      Array.from({ length: strands }, (_, index) => {
        const { plan, heading } = castInSeries('train', 7, index, { ...usual, faultRate: FAULT_RATE });
        return writeCast(casts, plan, { ...heading, strand: String(index + 1) });
      }),
    );
    const yaml = readFileSync(shipped.config(), 'utf8');
    const say = (line: string): void => console.error(`soak: ${line}`);
    const figures = await soak({ hours, strands, casts, yaml }, say);
    console.log(given.json === true ? JSON.stringify(figures, null, 2) : table(figures));
    if (figures.some(({ isFlat }) => !isFlat)) process.exitCode = 1;
  } finally {
    rmSync(casts, { recursive: true, force: true });
  }
}

function table(figures: readonly Figure[]): string {
  const rows = figures.map(({ name, unit, first, last, per100h: { slope, low, high }, limit, isFlat }) => {
    const cells = [first, last, slope, low, high, limit].map((value) => value.toFixed(2));
    return `| ${name}${unit === '' ? '' : `, ${unit}`} | ${cells.join(' | ')} | ${isFlat ? 'yes' : 'NO'} |`;
  });
  const head = '| figure | first | last | growth per 100 h | low 95 % | high 95 % | limit | flat |';
  return [head, '|---|---|---|---|---|---|---|---|', ...rows].join('\n');
}

main().then(
  () => process.exit(),
  (err: unknown) => {
    console.error(asError(err).message);
    process.exit(1);
  },
);
