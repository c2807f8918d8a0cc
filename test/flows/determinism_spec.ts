import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  cleanUp,
  eventually,
  ROOT,
  StrandWatchProcess,
  temporaryFolder,
} from '../support/strandwatch-process.js';

/** s of the sticker's cast that are replayed: the sticker begins at 1080 s. */
const FROM = 1085;
const UNTIL = 1110;
const INFERENCE_INTERVAL = 5;
const LAST_INSTANT = UNTIL - (UNTIL % INFERENCE_INTERVAL);

interface Run {
  readonly system: StrandWatchProcess;
  /** Lines of JSON that its link has carried so far, in the order in which they left their node. */
  readonly lines: (kind: 'risk' | 'alarm') => string[];
}

describe('the same cast at another speed', function () {
  this.timeout(240_000);
  cleanUp();

  it('gives the same predictions and alarms, bit for bit, at 1x, 60x and unpaced', async () => {
    const speeds = ['1', '60', 'unpaced'];
    const runs = await Promise.all(speeds.map(record));
    // An alarm waits for the disk, and leaves after the risk that it is about.
    await eventually('the same number of alarms at each speed', () => {
      const [count, ...others] = runs.map(({ lines }) => lines('alarm').length);
      return count! > 0 && others.every((other) => other === count);
    });
    const [asCast, fast, unpaced] = runs.map(({ lines }) => ({
      risks: lines('risk'),
      alarms: lines('alarm'),
    }));
    assert.deepEqual(fast, asCast);
    assert.deepEqual(unpaced, asCast);
    assert.equal(asCast!.risks.length, 1 + (LAST_INSTANT - FROM) / INFERENCE_INTERVAL);
    for (const { system } of runs) {
      assert.equal(await system.stop(), 0);
      assert.deepEqual(system.complaints, []);
    }
  });
});

/** Replays the excerpt through the reference flow to its last prediction, and records what its risk and alarm links carry. */
async function record(speed: string): Promise<Run> {
  const userDir = temporaryFolder();
  const file = join(userDir, 'record.jsonl');
  writeFileSync(join(userDir, 'flows.json'), JSON.stringify(withRecorder(file)));
  const cast = join(userDir, 'excerpt.csv');
  writeFileSync(cast, excerpt());
  const config = join(userDir, 'sensitive.yaml');
  writeFileSync(config, sensitiveConfig());
  const system = new StrandWatchProcess({
    options: ['--cast', `7=${cast}`, '--speed', speed, '--config', config],
    userDir,
  });
  await system.ready();
  const lines: Run['lines'] = (kind) =>
    (existsSync(file) ? readFileSync(file, 'utf8') : '')
      .split('\n')
      .filter((line) => line.startsWith(`{"${kind}"`));
  await eventually(`the last prediction at ${speed}`, () =>
    lines('risk').some((line) => line.includes(`"elapsed":${LAST_INSTANT - FROM}`)),
  );
  return { system, lines };
}

/** The reference flow with a recorder hanging off its links. What only the clock of the computer knows is left out. */
function withRecorder(record: string): object[] {
  const flow = JSON.parse(readFileSync(join(ROOT, 'flows', 'strandwatch.json'), 'utf8')) as {
    id: string;
    links?: string[];
  }[];
  for (const { id, links } of flow) if (id === 'out-risk' || id === 'out-alarms') links!.push(`record-${id}`);
  const at = { z: 'recorder', x: 100, y: 100 };
  const write = (kind: string): string => `
    const ofTheRun = new Set(['latencyMs', 'wallTimes']);
    const { topic, timestamp, cast, payload, event, reason } = msg;
    const told = JSON.stringify({ topic, timestamp, cast, event, reason, payload },
      (key, value) => ofTheRun.has(key) ? undefined : ArrayBuffer.isView(value) ? [...value] : value);
    return { payload: '{"${kind}":' + told + '}' };`;
  const branch = (link: string, kind: string): object[] => [
    { id: `record-${link}`, type: 'link in', ...at, links: [link], wires: [[`${kind}-line`]] },
    {
      id: `${kind}-line`,
      type: 'function',
      ...at,
      func: write(kind),
      outputs: 1,
      libs: [],
      wires: [['record']],
    },
  ];
  const file = {
    ...{ id: 'record', type: 'file', ...at, filename: record, filenameType: 'str', appendNewline: true },
    ...{ createDir: false, overwriteFile: 'false', encoding: 'utf8', wires: [[]] },
  };
  const tab = { id: 'recorder', type: 'tab', label: 'Recorder' };
  return [...flow, tab, ...branch('out-risk', 'risk'), ...branch('out-alarms', 'alarm'), file];
}

function excerpt(): string {
  const [header, ...rows] = readFileSync(join(ROOT, 'flows', 'casts', 'sticker.csv'), 'utf8')
    .trim()
    .split(/\r?\n/);
  const inside = rows.filter((row) => Number.parseFloat(row) >= FROM && Number.parseFloat(row) <= UNTIL);
  return [header, ...inside, ''].join('\n');
}

/**
 * No escalation, which runs on the wall clock: how long people take is no part of a cast.
 * Low thresholds: an excerpt without its past gives no high risk, and alarms are to be compared too.
 */
function sensitiveConfig(): string {
  const shipped = readFileSync(join(ROOT, 'flows', 'config', 'realtime_inference.yaml'), 'utf8');
  return shipped
    .replace(/^ {2}thresholds: .*$/m, '  thresholds: { warning: 0.02, critical: 0.05 }')
    .replace(/^ {2}escalation: .*$/m, '  escalation: { warning_to_critical: 0, critical_to_supervisor: 0 }');
}
