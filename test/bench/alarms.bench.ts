import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { AlarmDesk } from '../../nodes/alert-manager/alarm-desk.js';
import { evidenceFrom } from '../../nodes/alert-manager/evidence.js';
import { openJournal } from '../../nodes/alert-manager/journal-file.js';
import { Journal } from '../../nodes/alert-manager/journal.js';
import { systemClock, wallMs } from '../../nodes/lib/clock.js';
import { settingsWith } from '../unit/alert-manager/story.js';
import { walk } from './random.js';
import { finding, type Benchmark, type Finding } from './row.js';
import { byTurns } from './stopwatch.js';

const STRANDS = 100;
const LOOKS = 50_000;
const RISKS = walk(LOOKS).map((value) => Math.min(1, Math.max(0, 0.5 + (value - 100) / 4)));
const LINES = 400;
const LINE = `${'x'.repeat(2000)}\n`;

/** How many risks a second can be judged, and what storing an alarm costs everybody else. */
export const alarms: Benchmark = {
  name: 'alarms',
  about: 'evaluations/s, and how long storing alarms holds up the event loop',
  async run(say) {
    say(`${LOOKS} evaluations over ${STRANDS} strands`);
    const [ours, reference] = await byTurns(judged, compared, 3);
    say(`${LINES} alarms stored`);
    return [
      finding(
        {
          name: 'alarms: evaluations, messages read and judged',
          ...{ ours: (1000 * LOOKS) / ours, reference: (1000 * LOOKS) / reference, unit: 'evaluations/s' },
        },
        'one threshold with hysteresis, nothing kept',
        'ours >= 10,000',
      ),
      await blocking(),
    ];
  },
};

/** From the message to the transitions, with many of them: the risk walks over both thresholds. */
function judged(): void {
  const desk = new AlarmDesk();
  const inForce = settingsWith({ maxStrands: STRANDS });
  const wall = wallMs(0);
  let transitions = 0;
  for (let i = 0; i < LOOKS; i++) {
    const topic = String(i % STRANDS);
    const message = {
      ...{
        topic,
        timestamp: 1000 * Math.floor(i / STRANDS),
        cast: { strand: topic, castId: 'c', elapsed: 0 },
      },
      payload: { probability: RISKS[i] },
    };
    transitions += desk.assess(evidenceFrom(message), wall, inForce).length;
  }
  if (transitions === 0) throw new Error('the risk never crossed a threshold');
}

function compared(): void {
  const isHigh = new Uint8Array(STRANDS);
  let transitions = 0;
  for (let i = 0; i < LOOKS; i++) {
    const strand = i % STRANDS;
    const next = isHigh[strand] === 1 ? RISKS[i]! > 0.45 : RISKS[i]! > 0.5;
    if (next !== (isHigh[strand] === 1)) transitions++;
    isHigh[strand] = next ? 1 : 0;
  }
  if (transitions === 0) throw new Error('the risk never crossed a threshold');
}

/** The longest time for which nothing else could run while alarms came one after the other and each was made to last. */
async function blocking(): Promise<Finding> {
  const folder = mkdtempSync(join(tmpdir(), 'strandwatch-bench-'));
  try {
    const ours = await longestBlock(() => storedByJournal(join(folder, 'journal.jsonl')));
    const reference = await longestBlock(() => storedAtOnce(join(folder, 'plain.jsonl')));
    return finding(
      { name: `alarms: longest block while ${LINES} are stored`, ours, reference, unit: 'ms' },
      'write and fdatasync of each in the event loop, a turn between them',
      'ours: a few ms',
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function storedByJournal(path: string): Promise<void> {
  const { disk } = openJournal(path, 0, { keepFiles: 1, maxAgeMs: Infinity, clock: systemClock });
  const failed: Error[] = [];
  const journal = new Journal(disk, systemClock, {
    maxBytes: 1e9,
    snapshot: () => '',
    report: (problem) => void (problem !== null && failed.push(problem)),
  });
  await Promise.all(
    Array.from({ length: LINES }, async (_, i) => {
      await new Promise((resume) => setTimeout(resume, i));
      await new Promise<void>((resolve) => journal.append(LINE, () => resolve()));
    }),
  );
  await journal.close(1000);
  if (failed.length > 0) throw failed[0]!;
}

async function storedAtOnce(path: string): Promise<void> {
  const file = openSync(path, 'a');
  for (let i = 0; i < LINES; i++) {
    await new Promise((resume) => setTimeout(resume, 1));
    writeSync(file, LINE);
    fdatasyncSync(file);
  }
  closeSync(file);
}

async function longestBlock(work: () => Promise<void>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await work();
  delay.disable();
  // The monitor's own period is in its figures.
  return delay.max / 1e6 - 1;
}
