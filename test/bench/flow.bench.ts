import type { FlowResult, FlowTask } from './flow/task.js';
import { finding, type Benchmark, type Finding } from './row.js';
import { inProcess } from './worker-process.js';

/** As fast as it goes: as many readings for each, of 30 strands. */
const THROUGHPUT = { cast: 'normal', strands: 30, seconds: 1500, warmUp: 300, speed: 0 };
/** At 1 Hz, inference at each second. */
const PACED = { cast: 'normal', seconds: 25, warmUp: 5, speed: 1, inferenceInterval: 1 };
const INTERVALS = [30, 5];
const STRANDS = [1, 10, 100, 1000];

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
      findings.push(...(await paced(strands)));
    }
    say('100 strands, all of them in trouble');
    const trouble = await run({ ...PACED, cast: 'sticker', flow: 'pipeline', strands: 100 });
    const calm = await run({ ...PACED, flow: 'pipeline', strands: 100 });
    const alarmed = { ours: trouble.alarmed[1], reference: calm.judged[1], unit: 'ms' };
    findings.push(
      finding(
        { name: 'flow: 100 strands in trouble, reading to stored alarm p99', ...alarmed },
        'judgement p99 in calm',
      ),
    );
    return findings;
  },
};

/** On the JavaScript heap, source and instants of inference included. */
async function allocations(): Promise<Finding> {
  const task = { ...THROUGHPUT, seconds: 600, inferenceInterval: 30, countsAllocations: true };
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

async function paced(strands: number): Promise<Finding[]> {
  const ours = await run({ ...PACED, flow: 'pipeline', strands });
  const reference = await run({ ...PACED, flow: 'empty', strands });
  const against = 'an empty flow of the same wiring';
  const row = (what: string, one: number, other: number, unit: string, target = ''): Finding =>
    finding(
      { name: `flow: ${strands} strands, ${what}`, ours: one, reference: other, unit },
      against,
      target,
    );
  const seconds = PACED.seconds - PACED.warmUp;
  const limit = strands === 100 ? 'ours < 20 ms' : '';
  return [
    row('reading to judgement p50', ours.judged[0], reference.judged[0], 'ms'),
    row('reading to judgement p99', ours.judged[1], reference.judged[1], 'ms', limit),
    row(
      'processor time of a strand',
      ours.cpuMs / strands / seconds,
      reference.cpuMs / strands / seconds,
      'ms/s',
    ),
    row('longest block of the event loop', ours.longestBlock, reference.longestBlock, 'ms', 'ours < 50 ms'),
    row(
      'memory of a strand',
      ours.strandBytes / strands / 1024,
      reference.strandBytes / strands / 1024,
      'kB',
    ),
  ];
}

const run = (task: FlowTask): Promise<FlowResult> => inProcess('flow/worker.ts', task);

/** By processor time, so that other work on the machine doesn't count. */
const perCpuSecond = ({ readings, cpuMs }: FlowResult): number => (1000 * readings) / cpuMs;
