import { monitorEventLoopDelay } from 'node:perf_hooks';
import { pipeline } from '../bench/flow/flows.js';
import { withFlow, type FlowNode } from '../bench/runtime.js';
import { judge, type Figure, type Look } from './judge.js';

export interface SoakTask {
  /** Hours of cast time to pass, all strands together. */
  readonly hours: number;
  readonly strands: number;
  /** Folder of casts; they are replayed again and again. */
  readonly casts: string;
  readonly yaml: string;
}

const TICK_MS = 1000;
/** Looks in all: each collects everything first, which on a slow machine would else be most of the work. */
const LOOKS = 400;

/**
 * Replays casts unpaced, over and over, until the hours have passed, looking at the process on the way.
 * @throws when the flow stops sending
 */
export async function soak(task: SoakTask, say: (line: string) => void): Promise<Figure[]> {
  const looks = await withFlow(flowFor(task), [], (node) => {
    const states = node('states');
    const delay = monitorEventLoopDelay({ resolution: 10 });
    delay.enable();
    let hours = 0;
    states.on('input', ({ payload }) => (hours = (payload as { sent: number }).sent / 3600));
    return new Promise<Look[]>((resolve, reject) => {
      const looks: Look[] = [];
      let told = 0;
      let [lastHours, stalled] = [-1, 0];
      const timer = setInterval(() => {
        stalled = hours === lastHours ? stalled + 1 : 0;
        lastHours = hours;
        if (stalled > 120) {
          clearInterval(timer);
          return reject(new Error(`no reading came for 2 minutes, after ${hours.toFixed(1)} h of cast time`));
        }
        if (hours < (looks.at(-1)?.hours ?? 0) + task.hours / LOOKS) return;
        looks.push({
          hours,
          ...lookAtProcess(),
          delayP99: delay.percentile(99) / 1e6,
        });
        delay.reset();
        if (hours >= told + task.hours / 10) {
          told = hours;
          say(`${hours.toFixed(0)} of ${task.hours} h, ${(looks.at(-1)!.rss / 1e6).toFixed(0)} MB`);
        }
        if (hours < task.hours) return;
        clearInterval(timer);
        resolve(looks);
      }, TICK_MS);
    });
  });
  return judge(looks, task.hours);
}

/** The pipeline with a replay as its source, all of it in the reference wiring. */
function flowFor({ strands, casts, yaml }: SoakTask): FlowNode[] {
  const replay: FlowNode = {
    ...{ id: 'source', type: 'cast-replay', strandConfig: 'config', folder: casts, casts: '', strands },
    ...{ speed: 'unpaced', loop: true, autostart: true, wires: [['the-buffer'], ['states']] },
  };
  return [
    ...pipeline(yaml).filter(({ id }) => id !== 'source'),
    replay,
    { id: 'states', type: 'bench-sink', wires: [] },
  ];
}

function lookAtProcess(): Pick<Look, 'rss' | 'heap' | 'buffers' | 'handles'> {
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rss, heap: heapUsed, buffers: external, handles: process.getActiveResourcesInfo().length };
}
