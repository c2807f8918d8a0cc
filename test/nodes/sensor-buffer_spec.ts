import assert from 'node:assert/strict';
import sensorBuffer from '../../nodes/sensor-buffer/sensor-buffer.js';
import strandConfig from '../../nodes/strand-config/strand-config.js';
import {
  collect,
  deploy,
  errorsOf,
  useNodeRed,
  type FlowNode,
  type Message,
} from '../support/node-harness.js';

const YAML = `
sensors:
  - { name: mold_level, unit: mm, range: [0, 200] }
  - { name: casting_speed, unit: m/min, range: [0, 3] }
`;
const FLOW: FlowNode[] = [
  { id: 'config', type: 'strand-config', source: 'inline', yaml: YAML },
  { id: 'buffer', type: 'sensor-buffer', strandConfig: 'config', wires: [['out'], ['answers']] },
  { id: 'out', type: 'helper' },
  { id: 'answers', type: 'helper' },
];
const reading = (seconds: number, level: unknown = 100, strand = 's1'): Message => ({
  topic: strand,
  timestamp: seconds * 1000,
  cast: { strand, castId: 'c1', elapsed: seconds },
  payload: { mold_level: level, casting_speed: 1.2 },
  timings: { entry: 0, stages: {} },
});

async function run() {
  const nodeById = await deploy([strandConfig, sensorBuffer], FLOW);
  return { buffer: nodeById('buffer'), out: collect(nodeById('out')), answers: collect(nodeById('answers')) };
}

describe('sensor-buffer', () => {
  useNodeRed();

  it('lets a good reading pass, and says so', async () => {
    const { buffer, out } = await run();
    buffer.receive(reading(5));
    const { payload, quality, timestamp, timings } = await out.next();
    assert.deepEqual(payload, { mold_level: 100, casting_speed: 1.2 });
    assert.deepEqual(quality, {});
    assert.equal(timestamp, 5000);
    assert.ok('sensor-buffer' in (timings as { stages: object }).stages);
  });

  it('takes plant data that knows of no cast', async () => {
    const { buffer, out } = await run();
    buffer.receive({ topic: 's1', timestamp: 9000, payload: { mold_level: 101, casting_speed: 1 } });
    const { cast, timings } = await out.next();
    assert.deepEqual(cast, { strand: 's1', castId: '', elapsed: 0 });
    assert.equal(typeof (timings as { entry: unknown }).entry, 'number');
  });

  it('tells of a gap, and fills it as the sensors say', async () => {
    const { buffer, out, answers } = await run();
    buffer.receive(reading(1));
    buffer.receive(reading(3));
    const event = await answers.next();
    assert.deepEqual([event.event, event.topic], ['gap', 's1']);
    await out.next();
    const filled = await out.next();
    assert.deepEqual(filled.quality, { mold_level: 'uncertain.held', casting_speed: 'uncertain.held' });
  });

  it('answers with the window and the latest reading of a strand', async () => {
    const { buffer, answers } = await run();
    for (const second of [1, 2, 3]) buffer.receive(reading(second, 100 + second));
    buffer.receive({ command: 'get-window', topic: 's1' });
    const { payload } = await answers.next();
    const window = payload as { timestamps: Float64Array; values: Float32Array; length: number };
    assert.equal(window.length, 3);
    assert.deepEqual([...window.timestamps], [1000, 2000, 3000]);
    assert.deepEqual(
      [...window.values].filter((_, index) => index % 2 === 0),
      [101, 102, 103],
    );
    buffer.receive({ command: 'get-latest', topic: 's1' });
    assert.equal(((await answers.next()).payload as Message).timestamp, 3000);
  });

  it('refuses what is no reading, each with its reason, and goes on', async () => {
    const { buffer, out } = await run();
    const bad: readonly Message[] = [
      { ...reading(1), topic: 7 },
      { ...reading(1), timestamp: 'noon' },
      { ...reading(1), timestamp: NaN },
      { ...reading(1), payload: 'hot' },
      { ...reading(1), payload: [1, 2] },
      { command: 'get-soup' },
      { command: 7 },
    ];
    for (const message of bad) buffer.receive(message);
    buffer.receive(reading(2));
    await out.next();
    assert.equal(errorsOf().length, bad.length);
    assert.equal(out.messages.length, 1);
  });
});
