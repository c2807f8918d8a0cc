/** One flow in a Node-RED runtime in a process of its own: `worker.ts '{"flow": "pipeline", ...}'`; see task.ts. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Node } from 'node-red';
import { parseDocument } from 'yaml';
import type { Timings } from '../../../nodes/lib/messages.js';
import { shipped } from '../../../nodes/lib/package-paths.js';
import { allocationsOf } from '../allocations.js';
import { withFlow } from '../runtime.js';
import { quantile } from '../stopwatch.js';
import { empty, pipeline } from './flows.js';
import { play } from './feed.js';
import { calmCasts, shippedCast } from './recordings.js';
import type { FlowResult, FlowTask } from './task.js';

/** Where a reading's way ends in both flows. */
const LAST_NODE = 'the-alarms';
/** A flow in which nothing happened for so long is done, ms. */
const QUIET_MS = 300;

/** What the hooks of the runtime saw. */
class Watch {
  lastAt = 0;
  firstJudgedAt: number | null = null;
  predictions = 0;
  alarms = 0;
  judged: number[] = [];
  alarmed: number[] = [];

  completed({ id }: Node, { timings }: { readonly timings?: Timings }): void {
    this.lastAt = performance.now();
    if (id !== LAST_NODE) return;
    this.predictions++;
    this.firstJudgedAt ??= this.lastAt;
    this.judged.push(this.lastAt - (timings?.entry ?? NaN));
  }

  sent({ type }: Node, { timings }: { readonly timings?: Timings }): void {
    if (type !== 'alert-manager') return;
    this.alarms++;
    this.alarmed.push(performance.now() - (timings?.entry ?? NaN));
  }

  clear(): void {
    this.predictions = this.alarms = 0;
    this.judged = [];
    this.alarmed = [];
  }
}

interface Hooks {
  add(name: string, handler: (event: never) => void): void;
}

async function main(): Promise<void> {
  const task = JSON.parse(process.argv[2]!) as FlowTask;
  const watch = new Watch();
  const { hooks } = createRequire(__filename)('node-red') as { readonly hooks: Hooks };
  hooks.add('onComplete.bench', ({ node, msg }: { node: { node: Node }; msg: object }) =>
    watch.completed(node.node, msg),
  );
  hooks.add('onSend.bench', (events: { source: { node: Node; port: number }; msg: object }[]) => {
    for (const { source, msg } of events) if (source.port === 0) watch.sent(source.node, msg);
  });
  const flow = task.flow === 'pipeline' ? pipeline(yamlFor(task)) : empty(task);
  const result = await withFlow(flow, [], (node) => measured(task, node('source'), watch));
  console.log(JSON.stringify(result));
}

async function measured(task: FlowTask, source: Node, watch: Watch): Promise<FlowResult> {
  const { strands, seconds, warmUp } = task;
  const speed = task.speed === 0 ? Infinity : task.speed;
  const recordings = task.cast === 'calm' ? calmCasts() : [await shippedCast(task.cast)];
  const feed = { recordings, strands, first: 1, end: seconds, speed };
  // A strand that comes before waits for the models and leaves its mark once: code is compiled, lists are made.
  await play(source, { ...feed, strands: 1, first: 0, seconds: warmUp, from: 0, speed: Infinity });
  do await quiet(watch);
  while (watch.firstJudgedAt === null);
  const before = await usedBytes();
  await play(source, { ...feed, seconds: warmUp, from: 0 });
  await quiet(watch);
  watch.clear();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const [startedAt, cpu] = [performance.now(), process.cpuUsage()];
  let readings = 0;
  const work = async (): Promise<void> => {
    readings = await play(source, { ...feed, seconds: seconds - warmUp, from: warmUp });
    await quiet(watch);
  };
  const allocated = task.countsAllocations === true ? (await allocationsOf(work)).bytes : null;
  if (allocated === null) await work();
  const { user, system } = process.cpuUsage(cpu);
  delay.disable();
  return {
    readings,
    predictions: watch.predictions,
    alarms: watch.alarms,
    startUpMs: watch.firstJudgedAt ?? NaN,
    ms: watch.lastAt - startedAt,
    cpuMs: (user + system) / 1000,
    judged: [quantile(watch.judged, 0.5), quantile(watch.judged, 0.99)],
    alarmed: [quantile(watch.alarmed, 0.5), quantile(watch.alarmed, 0.99)],
    longestBlock: delay.max / 1e6,
    allocated,
    strandBytes: (await usedBytes()) - before,
  };
}

/** Thresholds in the middle of the risk, without delays, so that alarms come and go and their latency can be told. */
function yamlFor({ inferenceInterval, strands }: FlowTask): string {
  const document = parseDocument(readFileSync(shipped.config(), 'utf8'));
  document.setIn(['streaming', 'inference_interval'], inferenceInterval);
  document.setIn(['streaming', 'max_strands'], Math.max(256, strands + 1));
  document.setIn(['alerts', 'thresholds'], { warning: 0.05, critical: 0.5 });
  document.setIn(['alerts', 'suppress'], []);
  document.setIn(['alerts', 'deadband'], 0);
  document.setIn(['alerts', 'off_delay'], 0);
  return String(document);
}

async function quiet(watch: Watch): Promise<void> {
  do await new Promise((resume) => setTimeout(resume, QUIET_MS));
  while (performance.now() - watch.lastAt < QUIET_MS);
}

/** Buffers are given back a while after the collector has found that nobody needs them. */
async function usedBytes(): Promise<number> {
  for (let round = 0; round < 3; round++) {
    globalThis.gc?.();
    await new Promise((resume) => setTimeout(resume, QUIET_MS));
  }
  // Buffers are among what is external.
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

main().then(
  () => process.exit(),
  (err: unknown) => {
    console.error(err);
    process.exit(1);
  },
);
