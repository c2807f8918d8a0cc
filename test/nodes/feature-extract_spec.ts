import assert from 'node:assert/strict';
import featureExtract from '../../nodes/feature-extract/feature-extract.js';
import type { StrandConfigNode } from '../../nodes/lib/config-node.js';
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
streaming: { inference_interval: 5 }
sensors:
  - { name: mold_level, unit: mm, range: [0, 200] }
features:
  windows: [10]
  statistics: [mean, range]
  sequence: { length: 3 }
`;
const flow = (fields: Message = {}, yaml = YAML): FlowNode[] => [
  { id: 'f', type: 'tab' },
  { id: 'c', type: 'strand-config', source: 'inline', yaml },
  { id: 'n', z: 'f', type: 'feature-extract', strandConfig: 'c', wires: [['v'], ['s']], ...fields },
  { id: 'v', z: 'f', type: 'helper' },
  { id: 's', z: 'f', type: 'helper' },
];
const reading = (seconds: number, level: unknown, change: Message = {}): Message => ({
  topic: '1',
  timestamp: 1000 * seconds,
  cast: { strand: '1', castId: 'c1', elapsed: seconds },
  payload: { mold_level: level },
  timings: { entry: 0, stages: { 'sensor-buffer': 0.1 } },
  note: 'travels along',
  ...change,
});

describe('feature-extract', () => {
  useNodeRed();

  async function started(fields: Message = {}, yaml = YAML) {
    const nodes = await deploy([strandConfig, featureExtract], flow(fields, yaml));
    const node = nodes('n');
    return {
      send: (message: Message) => node.receive(message),
      features: collect(nodes('v')),
      sequences: collect(nodes('s')),
      config: nodes('c') as StrandConfigNode,
    };
  }

  it('sends features and sequence for the same instant, with what the reading carried', async () => {
    const { send, features, sequences } = await started();
    for (let second = 1; second <= 5; second++) send(reading(second, 100 + second));
    const message = await features.next();
    assert.deepEqual(message.payload, { 'mold_level.mean.10s': 103, 'mold_level.range.10s': 4 });
    assert.equal(message.timestamp, 5000);
    assert.equal(message.note, 'travels along');
    const { stages } = message.timings as { stages: Record<string, number> };
    assert.deepEqual(Object.keys(stages), ['sensor-buffer', 'feature-extract']);
    const sequence = await sequences.next();
    assert.equal(sequence.timestamp, 5000);
    assert.deepEqual(sequence.payload, {
      sensors: ['mold_level'],
      length: 3,
      values: Float32Array.of(103, 104, 105),
      mask: Uint8Array.of(1, 1, 1),
    });
  });

  it('says how much of the past it knows until its longest window is full, and again after a jump of the clock', async () => {
    const { send, features } = await started();
    const hour = 3600;
    for (const second of [1, 5, 9, 10, 15, hour + 15, hour + 20, hour + 25]) send(reading(second, 100));
    const told: unknown[] = [];
    for (let instant = 0; instant < 6; instant++) told.push((await features.next()).warmUp);
    const at = (since: number, seconds: number) => ({ since: 1000 * since, seconds, of: 10 });
    assert.deepEqual(told, [at(1, 5), undefined, undefined, at(hour + 15, 1), at(hour + 15, 6), undefined]);
  });

  it('takes its own interval before that of the configuration', async () => {
    const { send, features } = await started({ inferenceInterval: '2' });
    for (let second = 1; second <= 4; second++) send(reading(second, 100));
    assert.equal((await features.next()).timestamp, 2000);
    assert.equal((await features.next()).timestamp, 4000);
  });

  it('forgets a strand on reset, and answers', async () => {
    const { send, features, sequences } = await started();
    for (let second = 1; second <= 4; second++) send(reading(second, 100));
    send({ command: 'reset', topic: '1' });
    send(reading(5, 7));
    assert.equal(((await features.next()).payload as Message)['mold_level.mean.10s'], 7);
    const answer = await sequences.next();
    assert.deepEqual(answer.answer, { command: 'reset', ok: true, result: null });
  });

  it('describes each feature with unit and formula', async () => {
    const { send, sequences } = await started();
    send({ command: 'describe' });
    const { features, featureSpec } = (await sequences.next()).payload as {
      features: { name: string; unit: string; formula: string }[];
      featureSpec: string;
    };
    assert.deepEqual([features[0]!.name, features[0]!.unit], ['mold_level.mean.10s', 'mm']);
    assert.match(features[0]!.formula, /W = 10 s/);
    assert.match(featureSpec, /^[0-9a-f]{64}$/);
  });

  it('keeps its windows when something else of the configuration changes', async () => {
    const { send, features, config } = await started();
    for (let second = 1; second <= 4; second++) send(reading(second, 100));
    config.setLive('alerts.thresholds.warning', 0.4, 'test');
    send(reading(5, 200));
    assert.equal(((await features.next()).payload as Message)['mold_level.mean.10s'], 120);
  });

  const bad: readonly [name: string, message: Message, error: RegExp][] = [
    ['no strand', reading(1, 1, { topic: '' }), /msg\.topic/],
    ['no time', reading(1, 1, { timestamp: 'noon' }), /msg\.timestamp/],
    ['no reading', reading(1, 1, { payload: 'x' }), /msg\.payload/],
    ['no cast', reading(1, 1, { cast: 5 }), /msg\.cast/],
    ['a quality that is none', reading(1, 1, { quality: { mold_level: 3 } }), /msg\.quality/],
    ['no timings', reading(1, 1, { timings: null }), /msg\.timings/],
    ['an unknown command', { command: 'dance' }, /expected one of reset, describe/],
  ];
  for (const [name, message, error] of bad)
    it(`tells of a message with ${name}, and goes on`, async () => {
      const { send, features } = await started();
      send(message);
      send(reading(5, 100));
      await features.next();
      assert.match(errorsOf().join('\n'), error);
    });

  it('takes what is no number for missing', async () => {
    const { send, features } = await started();
    send(reading(5, 'high'));
    assert.equal(((await features.next()).payload as Message)['mold_level.mean.10s'], null);
  });

  it('says what is wrong with features that can not be computed', async () => {
    const { send } = await started({}, `${YAML}  sensors: { tundish: {} }\n`);
    send(reading(5, 100));
    await new Promise(setImmediate);
    assert.match(errorsOf().join('\n'), /features\.sensors\.tundish: no sensor is called "tundish"/);
  });
});
