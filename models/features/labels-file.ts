import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { CastEntry } from '../../nodes/cast-replay/cast-library-file.js';
import { openCast } from '../../nodes/cast-replay/cast-file.js';
import { startOf } from '../../nodes/cast-replay/cast-readings-file.js';
import type { CsvConfig } from '../../nodes/lib/config/streaming.js';
import { CastError } from '../../nodes/lib/errors.js';
import { csvText } from './csv-text.js';

/**
 * Writes label columns of recorded casts as a table of `cast,elapsed,<label>...`: a line per row of the recordings, read as the
 * replay reads them, so that a label has the second that its features have. A cell that is no number stays empty.
 * @throws CastError when a recording can't be read or has no such column
 */
export async function writeLabels(
  path: string,
  labels: readonly string[],
  casts: readonly CastEntry[],
  csv: CsvConfig,
): Promise<void> {
  const out = createWriteStream(path);
  const columns = labels.map((name) => ({ name, column: name }));
  out.write(`${['cast', 'elapsed', ...labels].map(csvText).join(',')}\n`);
  for (const cast of casts) {
    const file = await openCast(cast.path, { sensors: columns, csv, ...startOf(cast) }).catch(
      noColumns(cast, labels),
    );
    if (file.missingSensors.length > 0) noColumns(cast, file.missingSensors)(undefined);
    for await (const { elapsed, reading } of file.rows()) {
      const cells = labels.map((name) => reading[name] ?? '');
      if (!out.write(`${csvText(cast.id)},${elapsed},${cells.join(',')}\n`)) await once(out, 'drain');
    }
  }
  out.end();
  await finished(out);
}

/** The features of these recordings have been computed before: what is invalid now is that a label column isn't there. */
const noColumns =
  ({ path }: CastEntry, names: readonly string[]) =>
  (cause: unknown): never => {
    throw new CastError(
      'CAST_INVALID',
      `--labels: ${path} has no column ${names.join(', ')}. Name the columns as the recording does.`,
      { cause },
    );
  };
