import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeEntry, readJournal } from '../../nodes/alert-manager/journal-codec.js';
import type { Transition } from '../../nodes/alert-manager/life-cycle.js';
import { isOpen, type AlarmRecord } from '../../nodes/lib/alarm.js';

/** Kills in one run of the tests; STRANDWATCH_KILLS=200 for the long run. */
const KILLS = Number(process.env.STRANDWATCH_KILLS ?? 8);
const STREAM = join(__dirname, '..', 'support', 'alarm-stream.cjs');

interface Told {
  readonly event: string;
  readonly id: string;
  readonly state: string;
  readonly wall: number;
}

describe('alarms while the process is killed', function () {
  this.timeout(60_000 + 20_000 * KILLS);
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'strandwatch-kill-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Streams until `ms` after the first alarm was told, then kills. Returns what it told; a half line was not told. */
  async function killedAfter(ms: number, seed: number, maxBytes: number): Promise<readonly Told[]> {
    const child = spawn(process.execPath, [
      STREAM,
      join(folder, 'alarms.jsonl'),
      String(seed),
      String(maxBytes),
    ]);
    let told = '';
    let complaints = '';
    child.stderr.on('data', (data: Buffer) => (complaints += data.toString()));
    const ended = new Promise<string | null>((resolve) =>
      child.on('close', (_code, signal) => resolve(signal)),
    );
    child.stdout.on('data', (data: Buffer) => {
      if (told === '') setTimeout(() => child.kill('SIGKILL'), ms);
      told += data.toString();
    });
    assert.equal(await ended, 'SIGKILL', complaints);
    return told
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Told);
  }

  /** Every transition in the journal and the files set aside, oldest first. */
  function journalled(): readonly Transition[] {
    const ages = readdirSync(folder).flatMap((file) => /^alarms\.jsonl\.(\d+)$/.exec(file)?.[1] ?? []);
    const files = [
      ...ages
        .map(Number)
        .sort((one, other) => other - one)
        .map((age) => `alarms.jsonl.${age}`),
    ];
    return [...files, 'alarms.jsonl'].flatMap((file) =>
      readFileSync(join(folder, file), 'utf8')
        .split('\n')
        .flatMap((line) => {
          const entry = decodeEntry(line);
          return entry !== null && entry !== 'unknown' && entry.kind === 'transition' ? [entry] : [];
        }),
    );
  }

  /** Streams and kills again and again on one journal; calls back after each kill. */
  async function stream(maxBytes: number, look: (transitions: readonly Transition[]) => void): Promise<void> {
    const told: Told[] = [];
    for (let kill = 0; kill < KILLS; kill++) {
      told.push(...(await killedAfter((kill * 37) % 150, 1000 + kill, maxBytes)));
      const transitions = journalled();
      const stored = new Set(transitions.map(({ event, record, at }) => `${record.id} ${event} ${at.wall}`));
      const lost = told.filter(({ id, event, wall }) => !stored.has(`${id} ${event} ${wall}`));
      assert.deepEqual(lost, [], `kill ${kill}`);
      look(transitions);
    }
    assert.ok(told.length > 10 * KILLS, `only ${told.length} transitions were told`);
    assert.ok(told.some(({ event }) => event === 'acknowledged'));
    assert.ok(told.some(({ event }) => event === 'shelved'));
    if (process.env.STRANDWATCH_KILLS !== undefined) console.log(`      ${told.length} told, none lost`);
  }

  it(`lose nothing that was told, and go on where the journal ends, after ${KILLS} kills`, () =>
    stream(1e9, (transitions) => {
      const { open } = readJournal(readFileSync(join(folder, 'alarms.jsonl')), 100);
      const last = new Map<string, AlarmRecord>(transitions.map(({ record }) => [record.id, record]));
      const stateOf = ({ id, state }: AlarmRecord): string => `${id} ${state}`;
      assert.deepEqual(open.map(stateOf).sort(), [...last.values()].filter(isOpen).map(stateOf).sort());
    }));

  it(`lose nothing that was told while new files are begun, after ${KILLS} kills`, async () => {
    await stream(300_000, () => undefined);
    assert.ok(readdirSync(folder).length > 1, 'no new file was begun');
  });
});
