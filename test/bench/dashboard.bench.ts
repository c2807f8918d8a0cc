import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBrowser, openPage } from '../support/browser.js';
import { StrandWatchProcess } from '../support/strandwatch-process.js';
import { entriesAt, writeWatchedFlow } from './dashboard/watched-flow.js';
import { latencies, type Latencies } from './dashboard/latency.js';
import { PageProbe, type PageUse } from './dashboard/page-probe.js';
import { finding, type Benchmark, type Finding } from './row.js';
import { quantile } from './stopwatch.js';

const LOADED = { strands: 20, speed: 10, seconds: 40 };
const CALM = { strands: 1, speed: 1, seconds: 20 };
const SETTLE_S = 10;
const SAMPLE_S = 10;

type Load = typeof LOADED;

interface Watched {
  readonly latency: Latencies;
  readonly longTasks: readonly number[];
  readonly uses: readonly PageUse[];
  readonly seconds: number;
}

/** The real system and a real browser on the operator's page, under load against all but none. */
export const dashboard: Benchmark = {
  name: 'dashboard',
  about: `reading to picture, work and heap of the page, ${LOADED.strands} strands at ${LOADED.speed} Hz`,
  async run(say, { minutes }) {
    const seconds = minutes === undefined ? LOADED.seconds : 60 * minutes;
    say(`1 strand at 1 Hz, ${CALM.seconds} s`);
    const calm = await watch(CALM);
    say(`${LOADED.strands} strands at ${LOADED.speed} Hz, ${seconds} s`);
    const loaded = await watch({ ...LOADED, seconds });
    const { lost, ms } = loaded.latency;
    say(
      `${ms.length} readings painted, ${lost} never; longest task ${Math.max(0, ...loaded.longTasks).toFixed(0)} ms`,
    );
    say(`heap, MB: ${loaded.uses.map(({ heapMb }) => heapMb.toFixed(1)).join(' ')}`);
    return findingsOf(loaded, calm);
  },
};

async function watch({ strands, speed, seconds }: Load): Promise<Watched> {
  const userDir = mkdtempSync(join(tmpdir(), 'strandwatch-bench-'));
  writeWatchedFlow(userDir);
  const options = ['--strands', String(strands), '--speed', String(speed)];
  const system = new StrandWatchProcess({ userDir, workDir: userDir, options });
  const browser = await openBrowser();
  try {
    const address = await system.ready();
    const { page } = await openPage(browser, address, '/dashboard/operator');
    await page.locator('sw-trends .tile').first().waitFor();
    await page.waitForTimeout(1000 * SETTLE_S);
    const probe = await PageProbe.on(page);
    const uses = [await probe.use()];
    for (let at = 0; at < seconds; at += SAMPLE_S) {
      await page.waitForTimeout(1000 * SAMPLE_S);
      uses.push(await probe.use());
    }
    const { painted, longTasks } = await probe.seen();
    return { latency: latencies(await entriesAt(address), painted), longTasks, uses, seconds };
  } finally {
    await browser.close();
    await system.kill();
    rmSync(userDir, { recursive: true, force: true, maxRetries: 5 });
  }
}

const AGAINST = '1 strand at 1 Hz';

function findingsOf(loaded: Watched, calm: Watched): Finding[] {
  const row = (name: string, unit: string, of: (one: Watched) => number, target = ''): Finding =>
    finding({ name: `dashboard: ${name}`, unit, ours: of(loaded), reference: of(calm) }, AGAINST, target);
  return [
    row('reading to picture, median', 'ms', ({ latency }) => quantile(latency.ms, 0.5)),
    row('reading to picture, p99', 'ms', ({ latency }) => quantile(latency.ms, 0.99), '< 2,000'),
    row('main thread of the page', '% busy', ({ uses, seconds }) => busyPercent(uses, seconds)),
    row(
      'tasks of 50 ms and more',
      'per minute',
      ({ longTasks, seconds }) => (60 * longTasks.length) / seconds,
    ),
    finding(
      {
        name: 'dashboard: heap of the page, last third',
        ...{ unit: 'MB', ours: heapOf(loaded.uses.slice(-Math.ceil(loaded.uses.length / 3))) },
        reference: heapOf(loaded.uses.slice(0, Math.ceil(loaded.uses.length / 3))),
      },
      'its first third',
      'flat',
    ),
  ];
}

const busyPercent = (uses: readonly PageUse[], seconds: number): number =>
  (100 * (uses.at(-1)!.busyS - uses[0]!.busyS)) / seconds;

const heapOf = (uses: readonly PageUse[]): number =>
  quantile(
    uses.map(({ heapMb }) => heapMb),
    0.5,
  );
