import type { FlowResult, FlowTask } from './flow/task.js';
import { finding, type Benchmark, type Finding } from './row.js';
import { inProcess } from './worker-process.js';

/** As fast as it goes, in calm; beyond half of the first minutes code is compiled and windows are filled. */
const THROUGHPUT = { cast: 'calm', strands: 30, seconds: 1500, warmUp: 600, speed: 0 };
/** At 1 Hz, inference at each second. */
const PACED = { cast: 'calm', seconds: 20, warmUp: 5, speed: 1, inferenceInterval: 1 };
const INTERVALS = [30, 5];
const STRANDS = [1, 10, 100, 1000];
/** Fewer strands than this take less memory than the rest of the process gains or loses meanwhile. */
const ENOUGH_FOR_MEMORY = 100;

/** The reference pipeline in one Node-RED process, against as many nodes in the same wiring that do nothing. */
export const flow: Benchmark = {
  name: 'flow',
  about: 'readings/s through the whole pipeline, latency from reading to alarm, cost of a strand',
  async run(say) {
    const findings: Finding[] = [];
    for (const inferenceInterval of INTERVALS) {
      say(`unpaced, inference every ${inferenceInterval} s`);
      const task = { ...THROUGHPUT, inferenceInterval };
      const ours = await run({ ...task, flow: 'pipeline' });
      const reference = await run({ ...task, flow: 'empty' });
      const limit = inferenceInterval === 30 ? '>= 0.4, and 10,000' : '';
      findings.push(
        finding(
          {
            name: `flow: inference every ${inferenceInterval} s, 21 sensors, one core`,
            ...{ ours: perCpuSecond(ours), reference: perCpuSecond(reference), unit: 'readings/s' },
          },
          'an empty flow of the same wiring',
          limit,
        ),
      );
      if (inferenceInterval === INTERVALS[0])
        findings.push(
          finding(
            {
              name: 'start-up: process to first prediction',
              ...{ ours: ours.startUpMs, reference: reference.startUpMs, unit: 'ms' },
            },
            'Node-RED with an empty flow, to its first message',
          ),
        );
    }
    say('allocations of a reading');
    findings.push(await allocations());
    for (const strands of STRANDS) {
      say(`${strands} strands at 1 Hz, inference each second, ${PACED.seconds} s`);
      const calm = await run({ ...PACED, flow: 'pipeline', strands });
      const empty = await run({ ...PACED, flow: 'empty', strands });
      findings.push(...pacedRows(strands, calm, empty));
      if (strands !== 100) continue;
      say('100 strands, all of them in trouble');
      findings.push(
        ...troubleRows(await run({ ...PACED, cast: 'sticker', flow: 'pipeline', strands }), calm),
      );
    }
    return findings;
  },
};

/** On the JavaScript heap, source and instants of inference included. */
async function allocations(): Promise<Finding> {
  const task = { ...THROUGHPUT, seconds: 1000, inferenceInterval: 30, countsAllocations: true };
  const ours = await run({ ...task, flow: 'pipeline' });
  const reference = await run({ ...task, flow: 'empty' });
  return finding(
    {
      name: 'flow: inference every 30 s, allocated by a reading',
      ...{ ours: perReading(ours), reference: perReading(reference) },
      unit: 'bytes',
    },
    'an empty flow of the same wiring',
  );
}

const perReading = ({ allocated, readings }: FlowResult): number => (allocated ?? NaN) / readings;

function pacedRows(strands: number, ours: FlowResult, reference: FlowResult): Finding[] {
  const row = (what: string, unit: string, of: (result: FlowResult) => number, target = ''): Finding =>
    finding(
      { name: `flow: ${strands} strands, ${what}`, ours: of(ours), reference: of(reference), unit },
      'an empty flow of the same wiring',
      target,
    );
  const seconds = PACED.seconds - PACED.warmUp;
  const limit = strands === 100 ? 'ours < 20 ms' : '';
  const rows = [
    row('reading to judgement p50', 'ms', ({ judged }) => judged[0]),
    row('reading to judgement p99', 'ms', ({ judged }) => judged[1], limit),
    row('processor time of a strand', 'ms/s', ({ cpuMs }) => cpuMs / strands / seconds),
    row('longest block of the event loop', 'ms', ({ longestBlock }) => longestBlock, 'ours < 50 ms'),
  ];
  if (strands < ENOUGH_FOR_MEMORY) return rows;
  return [...rows, row('memory of a strand', 'kB', ({ strandBytes }) => strandBytes / strands / 1024)];
}

function troubleRows(trouble: FlowResult, calm: FlowResult): Finding[] {
  const row = (what: string, ours: number, reference: number, against: string): Finding =>
    finding({ name: `flow: 100 strands in trouble, ${what}`, ours, reference, unit: 'ms' }, against);
  return [
    row('reading to judgement p99', trouble.judged[1], calm.judged[1], 'in calm'),
    row('reading to stored alarm p99', trouble.alarmed[1], calm.judged[1], 'to judgement, in calm'),
    row('longest block of the event loop', trouble.longestBlock, calm.longestBlock, 'in calm'),
  ];
}

const run = (task: FlowTask): Promise<FlowResult> => inProcess('flow/worker.ts', task);

/** By processor time, so that other work on the machine doesn't count. */
const perCpuSecond = ({ readings, cpuMs }: FlowResult): number => (1000 * readings) / cpuMs;
