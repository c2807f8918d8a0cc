/** One of the processes that `cli.ts` starts: computes every cast it is told to and hands its part of the table back. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CastEntry } from '../../nodes/cast-replay/cast-library-file.js';
import type { StrandWatchConfig } from '../../nodes/lib/config/schema.js';
import { asError } from '../../nodes/lib/errors.js';
import type { Answer } from '../process-pool.js';
import { castFeatures, type CastFeatures } from './cast-features.js';
import { csvText } from './csv-text.js';
import { floatBytes, npyHeader } from './npy.js';

export interface FeaturesJob {
  readonly index: number;
  readonly cast: CastEntry;
  readonly config: StrandWatchConfig;
  readonly format: 'csv' | 'npy' | null;
  readonly sequenceOut: string | null;
}

export interface FeaturesPart {
  readonly index: number;
  readonly cast: string;
  readonly strand: string;
  readonly rows: number;
  /** The part of the table, as the file will hold it. */
  readonly bytes: Buffer;
  readonly sequenceFile: string | null;
  readonly sequenceRows: number;
}

export async function carryOut({
  index,
  cast,
  config,
  format,
  sequenceOut,
}: FeaturesJob): Promise<FeaturesPart> {
  const table = await castFeatures(cast, config);
  const sequenceFile = sequenceOut === null ? null : `${cast.id}.npy`;
  if (sequenceOut !== null && sequenceFile !== null) {
    const { rows, columns, numbers } = table.channels;
    const floats = floatBytes(Float32Array.from(numbers));
    writeFileSync(join(sequenceOut, sequenceFile), Buffer.concat([npyHeader(rows, columns), floats]));
  }
  return {
    index,
    cast: cast.id,
    strand: table.strand,
    rows: table.features.rows,
    bytes: format === null ? Buffer.alloc(0) : format === 'csv' ? csvRows(cast.id, table) : floatRows(table),
    sequenceFile,
    sequenceRows: table.channels.rows,
  };
}

/** First column: elapsed, s. */
function floatRows({ elapsed, features: { rows, columns, numbers } }: CastFeatures): Buffer {
  const floats = new Float32Array(rows * (columns + 1));
  for (let row = 0; row < rows; row++) {
    floats[row * (columns + 1)] = elapsed[row]!;
    floats.set(numbers.subarray(row * columns, (row + 1) * columns), row * (columns + 1) + 1);
  }
  return floatBytes(floats);
}

function csvRows(
  cast: string,
  { strand, timestamps, elapsed, features: { rows, columns, numbers } }: CastFeatures,
): Buffer {
  const lines: string[] = [];
  for (let row = 0; row < rows; row++) {
    let line = `${csvText(cast)},${csvText(strand)},${timestamps[row]!},${elapsed[row]!}`;
    for (let column = 0; column < columns; column++) {
      const number = numbers[row * columns + column]!;
      line += Number.isFinite(number) ? `,${number}` : ',';
    }
    lines.push(line, '\n');
  }
  return Buffer.from(lines.join(''));
}

if (process.send !== undefined && require.main === module)
  process.on('message', (job: FeaturesJob) => {
    const answer = (result: Answer<FeaturesPart>): void => void process.send!(result);
    carryOut(job).then(answer, (err: unknown) =>
      answer({ failed: `cast ${job.cast.id}: ${asError(err).message}` }),
    );
  });
