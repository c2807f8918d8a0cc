import { join, resolve } from 'node:path';
import { likelyMechanism } from '../../nodes/alert-manager/likely-mechanism.js';
import { readConfigFile } from '../../nodes/lib/config/config-file.js';
import { asError } from '../../nodes/lib/errors.js';
import type { EnsemblePrediction } from '../../nodes/lib/messages.js';
import { packageRoot, shipped } from '../../nodes/lib/package-paths.js';
import { choiceField, numberField } from '../../nodes/lib/parse-field.js';
import { typedOptions } from '../command-line.js';
import { castInSeries } from '../simulator/cast-series.js';
import { runCast } from '../simulator/run.js';
import { confusionTable, rightColumn, rightlyNamed, type Naming } from './confusion.js';
import { fixedConfig } from './fixed-config.js';
import { namedEvents, type NamedEvent } from './named-causes.js';
import { loadModels } from './served-models-file.js';

const usage = `Simulates casts and tells how often an alarm names the mechanism that is really behind it.

  npm run -s causes -- --split heldout --seed 7 --count 100

  --split NAME    train, val, iid or heldout                              (default heldout)
  --seed N        of the series of casts                                  (default 2026)
  --count N       casts, 1 to 10000                                       (default 100)
  --models DIR    folder with baseline/model.yaml and sequence/model.yaml (default: those shipped)
  --help          this text`;

const OPTIONS = {
  split: { type: 'string' },
  seed: { type: 'string' },
  count: { type: 'string' },
  models: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

async function main(): Promise<void> {
  const given = typedOptions(process.argv.slice(2), OPTIONS);
  if (given.help === true) return console.log(usage);
  const split = choiceField(given.split, 'heldout', '--split', ['train', 'val', 'iid', 'heldout']);
  const seed = numberField(given.seed, 2026, { field: '--seed', min: 0, integer: true });
  const count = numberField(given.count, 100, { field: '--count', min: 1, max: 10_000, integer: true });
  const folder = resolve(given.models ?? join(packageRoot(), 'models'));
  const config = fixedConfig(readConfigFile(shipped.config()).raw);
  const models = await loadModels(folder, () => true);
  const events: NamedEvent[] = [];
  for (let index = 0; index < count; index++)
    events.push(...(await namedEvents(runCast(castInSeries(split, seed, index).plan), config, models)));
  report(events, `${count} casts of ${split}, seed ${seed}`);
}

function report(events: readonly NamedEvent[], of: string): void {
  const raised = namings(events, ({ raised: prediction }) => prediction);
  const peak = namings(events, ({ peak: prediction }) => prediction);
  console.log(`${of}: ${events.length} events, ${raised.length} of them above the warning threshold\n`);
  console.log(confusionTable(raised));
  console.log(`\nnamed right when the alarm is raised: ${percent(rightlyNamed(raised))}`);
  console.log(`named right at the highest risk: ${percent(rightlyNamed(peak))}`);
  console.log(`right column, of those named right that have one: ${percent(rightColumn(raised))}`);
}

function namings(
  events: readonly NamedEvent[],
  predictionOf: (event: NamedEvent) => EnsemblePrediction | null,
): Naming[] {
  return events.flatMap((named) => {
    const prediction = predictionOf(named);
    if (prediction === null) return [];
    const { type: truth, column = null } = named.event;
    return [{ truth, column, named: likelyMechanism({ ...prediction }) }];
  });
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

main().catch((err: unknown) => {
  console.error(asError(err).message);
  process.exitCode = 1;
});
