import type { NodeMessage } from 'node-red';
import { rolling } from './features.bench.js';
import { pandasTimes, peerPackage, pythonWithPandas } from './peer-packages.js';
import { walk } from './random.js';
import { finding, type Benchmark, type Finding } from './row.js';
import { pump, withFlow, type FlowNode } from './runtime.js';
import { byTurns } from './stopwatch.js';

const WINDOW = 300;
/** Readings a round: enough for a second or so of the slowest. */
const READINGS: Readonly<Record<number, number>> = { 1: 1500, 21: 150 };
const VALUES = walk(2000);
const STATISTICS = ['mean', 'std', 'min', 'max'] as const;

interface Peer {
  readonly name: string;
  /** The node that computes one statistic of one series. */
  readonly node: (statistic: (typeof STATISTICS)[number]) => { readonly type: string };
}

const PEERS: readonly Peer[] = [
  {
    name: 'node-red-node-smooth',
    node: (statistic) => ({
      ...{ type: 'smooth', property: 'payload', count: WINDOW, round: false, mult: 'single', reduce: false },
      action: statistic === 'std' ? 'sd' : statistic,
    }),
  },
  {
    name: 'node-red-contrib-statistics',
    node: (statistic) => ({
      ...{ type: 'statistics', dataSetSize: WINDOW, inputField: 'payload', inputFieldType: 'msg' },
      ...{ resultField: 'payload', resultFieldType: 'msg', stripFunction: false, resultOnly: true },
      name: statistic,
    }),
  },
];

/** The same statistics from what a user would pick instead. */
export const peers: Benchmark = {
  name: 'peers',
  about: 'feature-extract against other Node-RED nodes and pandas, for the same statistics',
  async run(say) {
    const findings: Finding[] = [];
    for (const peer of PEERS)
      for (const sensors of [1, 21]) {
        say(`${peer.name}, ${sensors} sensor${sensors === 1 ? '' : 's'}`);
        findings.push(await againstNode(peer, sensors, say));
      }
    const python = pythonWithPandas();
    if (python === null) say('pandas is left out: no Python with pandas (set PYTHON to one)');
    else {
      say('pandas');
      findings.push(...(await againstPandas(python)));
    }
    return findings;
  },
};

async function againstNode(peer: Peer, sensors: number, say: (line: string) => void): Promise<Finding> {
  const theirs = STATISTICS.length * sensors;
  const count = READINGS[sensors]!;
  const flow: FlowNode[] = [
    ...oursFlow(sensors),
    { ...{ id: 'fan', type: 'bench-fan', wires: wiresOf(theirs) }, ...fanOf(sensors) },
    ...Array.from({ length: theirs }, (_, i) => ({
      ...{ ...peer.node(STATISTICS[i % STATISTICS.length]!), id: `peer-${i}` },
      wires: [['their-sink']],
    })),
    { id: 'their-sink', type: 'bench-sink', wires: [] },
  ];
  const palettes = [peerPackage(peer.name, say)];
  const [ours, reference] = await withFlow(flow, palettes, async (node) => {
    // Both start with full windows.
    await pump(node('features'), node('our-sink'), readings(sensors, WINDOW), 1);
    await pump(node('fan'), node('their-sink'), readings(sensors, WINDOW), theirs);
    return byTurns(
      () => pump(node('features'), node('our-sink'), readings(sensors, count), 1),
      () => pump(node('fan'), node('their-sink'), readings(sensors, count), theirs),
      3,
    );
  });
  return finding(
    {
      name: `features: ${sensors} sensor${sensors === 1 ? '' : 's'} x 4 statistics, in Node-RED`,
      ...{ ours: (1000 * count) / ours, reference: (1000 * count) / reference, unit: 'readings/s' },
    },
    `${theirs} nodes of ${peer.name}`,
    '> 1',
  );
}

async function againstPandas(python: string): Promise<Finding[]> {
  const values = walk(7200);
  const work = rolling(WINDOW, STATISTICS, { values });
  const [ms] = await byTurns(work, () => undefined);
  const ours = (1e6 * ms) / values.length;
  const { batch, live, pandas } = pandasTimes(python, values, WINDOW);
  const row = (name: string, reference: number): Finding =>
    finding({ name, ours, reference, unit: 'ns/reading' }, `pandas ${pandas}`, '< 1');
  return [
    row('features: 4 statistics as readings come', live),
    row('features: 4 statistics of a whole recording at once', batch),
  ];
}

const nameOf = (sensor: number): string => `sensor_${sensor}`;

function oursFlow(sensors: number) {
  const names = Array.from({ length: sensors }, (_, i) => nameOf(i));
  const config = {
    streaming: { inference_interval: 1 },
    sensors: names.map((name) => ({ name, unit: 'mm', range: [0, 200] })),
    features: {
      statistics: Object.fromEntries(STATISTICS.map((statistic) => [statistic, [WINDOW]])),
      sequence: { length: 2, channels: [nameOf(0)] },
    },
  };
  return [
    { id: 'config', type: 'strand-config', source: 'inline', yaml: JSON.stringify(config) },
    { id: 'features', type: 'feature-extract', strandConfig: 'config', wires: [['our-sink'], []] },
    { id: 'our-sink', type: 'bench-sink', wires: [] },
  ];
}

/** New messages each round, for nodes change them; the cast goes on where the last round ended. */
let second = 1_700_000_000;
const readings = (sensors: number, count: number): NodeMessage[] =>
  Array.from({ length: count }, (_, i) => {
    second++;
    const payload = Object.fromEntries(
      Array.from({ length: sensors }, (_, sensor) => [nameOf(sensor), VALUES[i + sensor]!]),
    );
    const cast = { strand: '1', castId: 'bench', elapsed: second };
    return { topic: '1', timestamp: second * 1000, cast, payload, timings: { entry: 0, stages: {} } };
  });

const wiresOf = (nodes: number): string[][] => Array.from({ length: nodes }, (_, i) => [`peer-${i}`]);

const fanOf = (sensors: number) => ({
  sensors: Array.from({ length: sensors }, (_, i) => nameOf(i)),
  topics: STATISTICS.map(topicOf),
});

/** The statistics node is told by the topic what to compute; its sample deviation throws at the first value. */
function topicOf(statistic: string): string {
  return statistic === 'std' ? 'standardDeviation' : statistic;
}
