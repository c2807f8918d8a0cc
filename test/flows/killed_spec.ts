import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AlarmRecord } from '../../nodes/lib/alarm.js';
import {
  cleanUp,
  eventually,
  ROOT,
  StrandWatchProcess,
  temporaryFolder,
} from '../support/strandwatch-process.js';

/** s of the sticker's cast: what the plant sent before the kill, and what it sends after the restart. */
const BEFORE = [1020, 1125] as const;
const AFTER = [1140, 1240] as const;

interface Line {
  readonly timestamp: number;
  readonly event?: string;
  readonly warmUp?: { readonly since: number; readonly seconds: number; readonly of: number };
  readonly confidence?: number;
  readonly payload: unknown;
}

describe('kill -9 in the middle of a cast', function () {
  this.timeout(240_000);
  cleanUp();

  it('keeps the alarms with their ids, goes on predicting, and says that windows start anew', async () => {
    const plant = new Plant();
    await plant.run(BEFORE);
    const alarm = await eventually('an alarm', () => plant.lines('out-alarms')[0]?.payload as AlarmRecord);
    const told = plant.lines('out-risk').length;
    await plant.kill();

    await plant.run(AFTER);
    const [first, ...later] = await eventually('risks after the restart', () => {
      const since = plant
        .lines('out-risk')
        .slice(told)
        .filter(({ timestamp }) => timestamp >= 1000 * AFTER[0]);
      return since.length >= 10 ? since : null;
    });
    const { since, seconds, of } = first!.warmUp!;
    assert.equal(since, 1000 * AFTER[0], 'the past before the kill is not taken for known');
    assert.ok(seconds <= 5 && of > 60, `${seconds} of ${of} s`);
    assert.ok(later.at(-1)!.warmUp!.seconds > seconds, 'and the window fills again');

    const kept = await eventually('the alarms of before', () =>
      plant
        .lines('out-alarm-answers')
        .map(({ payload }) => payload)
        .filter((answer): answer is AlarmRecord[] => Array.isArray(answer))
        .at(-1),
    );
    const same = kept.find(({ id }) => id === alarm.id);
    assert.ok(same, `${alarm.id} is among ${kept.map(({ id }) => id).join(', ')}`);
    assert.deepEqual(same.castTimes, alarm.castTimes);
    await plant.stop();
  });
});

/** The reference flow in one user directory, with a recorder of what its links carry, fed with parts of one cast. */
class Plant {
  private readonly userDir = temporaryFolder();
  private readonly record = join(this.userDir, 'record.jsonl');
  private system: StrandWatchProcess | null = null;

  async run([from, until]: readonly [number, number]): Promise<void> {
    const cast = join(this.userDir, 'plant.csv');
    writeFileSync(cast, rowsOf(from, until));
    writeFileSync(join(this.userDir, 'flows.json'), JSON.stringify(withRecorder(this.record)));
    const config = join(this.userDir, 'sensitive.yaml');
    writeFileSync(config, sensitiveConfig());
    const options = ['--cast', `7=${cast}`, '--speed', '20', '--config', config];
    this.system = new StrandWatchProcess({ options, userDir: this.userDir });
    await this.system.ready();
  }

  kill = (): Promise<void> => this.system!.kill();
  stop = (): Promise<number | null> => this.system!.stop();

  /** What a link has carried so far, in order; a line that the kill has torn counts for nothing. */
  lines(link: string): Line[] {
    if (!existsSync(this.record)) return [];
    return readFileSync(this.record, 'utf8')
      .split('\n')
      .flatMap((line) => {
        try {
          const { link: from, ...rest } = JSON.parse(line) as Line & { link: string };
          return from === link ? [rest] : [];
        } catch {
          return [];
        }
      });
  }
}

function withRecorder(record: string): object[] {
  const links = ['out-risk', 'out-alarms', 'out-alarm-answers'];
  const flow = JSON.parse(readFileSync(join(ROOT, 'flows', 'strandwatch.json'), 'utf8')) as {
    id: string;
    links?: string[];
  }[];
  for (const { id, links: to } of flow) if (links.includes(id)) to!.push(`record-${id}`);
  const at = { z: 'recorder', x: 100, y: 100 };
  const branches = links.flatMap((link) => [
    { id: `record-${link}`, type: 'link in', ...at, links: [link], wires: [[`line-${link}`]] },
    {
      ...{ id: `line-${link}`, type: 'function', ...at, outputs: 1, libs: [], wires: [['record']] },
      func: `const { timestamp, event, warmUp, confidence, payload } = msg;
        return { payload: JSON.stringify({ link: '${link}', timestamp, event, warmUp, confidence, payload }) };`,
    },
  ]);
  const file = {
    ...{ id: 'record', type: 'file', ...at, filename: record, filenameType: 'str', appendNewline: true },
    ...{ createDir: false, overwriteFile: 'false', encoding: 'utf8', wires: [[]] },
  };
  return [...flow, { id: 'recorder', type: 'tab', label: 'Recorder' }, ...branches, file];
}

/** Rows of a cast, their times kept: what came before is not in the file. */
function rowsOf(from: number, until: number): string {
  const [header, ...rows] = readFileSync(join(ROOT, 'flows', 'casts', 'sticker.csv'), 'utf8')
    .trim()
    .split(/\r?\n/);
  const inside = rows.filter((row) => Number.parseFloat(row) >= from && Number.parseFloat(row) <= until);
  return [header, ...inside, ''].join('\n');
}

/** Low thresholds: an excerpt without its past gives no high risk, and an alarm is wanted soon. */
function sensitiveConfig(): string {
  const shipped = readFileSync(join(ROOT, 'flows', 'config', 'realtime_inference.yaml'), 'utf8');
  return shipped.replace(/^ {2}thresholds: .*$/m, '  thresholds: { warning: 0.02, critical: 0.05 }');
}
