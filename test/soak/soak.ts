import { monitorEventLoopDelay } from 'node:perf_hooks';
import { pipeline } from '../bench/flow/flows.js';
import { withFlow, type FlowNode } from '../bench/runtime.js';
import { slopeOf, type Sample, type Slope } from './slope.js';

export interface SoakTask {
  /** Hours of cast time to pass, all strands together. */
  readonly hours: number;
  readonly strands: number;
  /** Folder of casts; they are replayed again and again. */
  readonly casts: string;
  readonly yaml: string;
}

/** One look at the process. Bytes after a full collection; ms. */
interface Look {
  readonly hours: number;
  readonly rss: number;
  readonly heap: number;
  readonly buffers: number;
  readonly handles: number;
  readonly delayP99: number;
  readonly delayMax: number;
}

export interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly first: number;
  readonly last: number;
  /** Growth over 100 hours of cast time, with its 95 % interval. */
  readonly per100h: Slope;
  /** Growth over 100 h that is still called flat. */
  readonly limit: number;
  readonly isFlat: boolean;
}

const LOOK_EVERY_MS = 1000;
/** Share of the hours after which it counts: until then windows, histories and the compiler's code fill up. */
const WARM_UP = 0.25;

/**
 * Replays casts unpaced, over and over, until the hours have passed, looking at the process each second.
 * A figure is flat unless its growth is both certain (95 %) and larger than its limit.
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
        looks.push({
          hours,
          ...lookAtProcess(),
          delayP99: delay.percentile(99) / 1e6,
          delayMax: delay.max / 1e6,
        });
        delay.reset();
        if (hours >= told + task.hours / 10) {
          told = hours;
          say(`${hours.toFixed(0)} of ${task.hours} h, ${(looks.at(-1)!.rss / 1e6).toFixed(0)} MB`);
        }
        if (hours < task.hours) return;
        clearInterval(timer);
        resolve(looks);
      }, LOOK_EVERY_MS);
    });
  });
  return figuresOf(looks.filter(({ hours }) => hours >= WARM_UP * task.hours));
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

const FIGURES: readonly (Pick<Figure, 'name' | 'unit' | 'limit'> & { of: (look: Look) => number })[] = [
  { name: 'RSS', unit: 'MB', limit: 8, of: ({ rss }) => rss / 1e6 },
  { name: 'JavaScript heap after collection', unit: 'MB', limit: 2, of: ({ heap }) => heap / 1e6 },
  { name: 'buffers outside the heap', unit: 'MB', limit: 2, of: ({ buffers }) => buffers / 1e6 },
  { name: 'handles, timers, requests', unit: '', limit: 2, of: ({ handles }) => handles },
  { name: 'event-loop delay p99', unit: 'ms', limit: 5, of: ({ delayP99 }) => delayP99 },
];

function figuresOf(looks: readonly Look[]): Figure[] {
  return FIGURES.map(({ name, unit, limit, of }) => {
    const samples: Sample[] = looks.map((look) => ({ at: look.hours / 100, value: of(look) }));
    const per100h = slopeOf(samples);
    const isFlat = per100h.low <= 0 || per100h.slope <= limit;
    return { name, unit, limit, per100h, isFlat, first: samples[0]!.value, last: samples.at(-1)!.value };
  });
}
