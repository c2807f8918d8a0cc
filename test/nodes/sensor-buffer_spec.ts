import assert from 'node:assert/strict';
import type { StrandConfigNode } from '../../nodes/lib/config-node.js';
import type { Window } from '../../nodes/lib/messages.js';
import type { StrandReport } from '../../nodes/sensor-buffer/buffer-report.js';
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

async function run(fields: Readonly<Record<string, unknown>> = {}) {
  const flow = FLOW.map((node) => (node.id === 'buffer' ? { ...node, ...fields } : node));
  const nodeById = await deploy([strandConfig, sensorBuffer], flow);
  return {
    buffer: nodeById('buffer'),
    config: nodeById('config') as unknown as StrandConfigNode,
    out: collect(nodeById('out')),
    answers: collect(nodeById('answers')),
  };
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

  const refused: readonly [name: string, message: Message, told: RegExp][] = [
    ['a strand that is a number', { ...reading(1), topic: 7 }, /msg.topic: expected a strand id, got 7/],
    ['no strand', { ...reading(1), topic: '' }, /msg.topic/],
    [
      'a time in words',
      { ...reading(1), timestamp: 'noon' },
      /msg.timestamp: expected ms since the epoch, got "noon"/,
    ],
    ['a time that is NaN', { ...reading(1), timestamp: NaN }, /msg.timestamp/],
    ['a time beyond all dates', { ...reading(1), timestamp: 1e300 }, /msg.timestamp/],
    ['values in words', { ...reading(1), payload: 'hot' }, /msg.payload: expected an object/],
    ['values in a list', { ...reading(1), payload: [1, 2] }, /msg.payload/],
    ['no values', { ...reading(1), payload: null }, /msg.payload/],
    ['an unknown command', { command: 'get-soup' }, /expected one of get-window/],
    ['a command that is a number', { command: 7 }, /msg.command/],
  ];
  for (const [name, message, told] of refused)
    it(`refuses ${name}, says so once, and goes on`, async () => {
      const { buffer, out } = await run();
      buffer.receive(message);
      buffer.receive(reading(2));
      await out.next();
      assert.equal(errorsOf().length, 1);
      assert.match(errorsOf()[0]!, told);
      assert.equal(out.messages.length, 1);
    });

  const taken: readonly [name: string, change: Message][] = [
    ['a cast that is a text', { cast: 'c1' }],
    ['a cast of nothing', { cast: null }],
    ['a cast with wrong types', { cast: { castId: 7, elapsed: 'long', strand: 3 } }],
    ['timings that are a number', { timings: 5 }],
    ['timings of nothing', { timings: { entry: 1, stages: null } }],
    ['a quality that is a text', { quality: 'good' }],
    ['qualities that are numbers', { quality: { mold_level: 192 } }],
  ];
  for (const [name, change] of taken)
    it(`takes a reading with ${name}, and completes what it can't use`, async () => {
      const { buffer, out } = await run();
      buffer.receive({ ...reading(1), ...change });
      const { payload, cast, timings, quality } = await out.next();
      assert.deepEqual(payload, { mold_level: 100, casting_speed: 1.2 });
      assert.deepEqual(quality, {});
      assert.deepEqual(Object.keys(cast as object).sort(), ['castId', 'elapsed', 'strand']);
      assert.equal((cast as { strand: string }).strand, 's1');
      assert.ok('sensor-buffer' in (timings as { stages: object }).stages);
      assert.deepEqual(errorsOf(), []);
    });

  it('sends what is held back on request, and counts on request', async () => {
    const { buffer, out, answers } = await run({ lateness: 5 });
    buffer.receive(reading(1));
    buffer.receive({ command: 'status' });
    const [report] = (await answers.next()).payload as StrandReport[];
    assert.deepEqual([report!.received, report!.sent], [1, 0]);
    buffer.receive({ command: 'flush' });
    assert.equal((await out.next()).timestamp, 1000);
  });

  it('answers with the windows of all strands when none is named', async () => {
    const { buffer, answers } = await run();
    buffer.receive(reading(1, 100, 's1'));
    buffer.receive(reading(1, 100, 's2'));
    buffer.receive({ command: 'get-window' });
    assert.deepEqual(Object.keys((await answers.next()).payload as object), ['s1', 's2']);
    buffer.receive({ command: 'reset', topic: 's1' });
    await answers.next();
    buffer.receive({ command: 'get-latest' });
    assert.deepEqual(Object.keys((await answers.next()).payload as object), ['s2']);
  });

  it('sends windows by itself when told so', async () => {
    const { buffer, answers } = await run({ windowInterval: 10 });
    for (let second = 0; second <= 20; second++) buffer.receive(reading(second));
    const { payload, topic, timestamp } = await answers.next();
    assert.deepEqual([topic, timestamp, (payload as Window).length], ['s1', 10_000, 11]);
    assert.equal((await answers.next()).timestamp, 20_000);
  });

  it('takes other sensors from the configuration while it runs', async () => {
    const { buffer, out, config } = await run();
    buffer.receive(reading(1));
    assert.deepEqual(Object.keys((await out.next()).payload as object), ['mold_level', 'casting_speed']);
    config.setLive('sensors', [{ name: 'casting_speed', unit: 'm/min', range: [0, 1] }], 'test');
    buffer.receive(reading(2));
    assert.deepEqual((await out.next()).quality, { casting_speed: 'bad.out-of-range' });
  });

  it('keeps what it knows when a setting changes that is none of its own', async () => {
    const { buffer, out, answers, config } = await run();
    buffer.receive(reading(1));
    await out.next();
    config.setLive('alerts.thresholds.warning', 0.3, 'test');
    buffer.receive({ command: 'get-window', topic: 's1' });
    assert.equal(((await answers.next()).payload as Window).length, 1);
  });
});
