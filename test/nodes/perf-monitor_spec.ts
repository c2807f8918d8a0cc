import assert from 'node:assert/strict';
import helper from 'node-red-node-test-helper';
import type { Node, NodeAPI } from 'node-red';
import register from '../../nodes/perf-monitor/perf-monitor.js';
import strandConfig from '../../nodes/strand-config/strand-config.js';
import { collect, deploy, errorsOf, useNodeRed, useUserDir } from '../support/node-harness.js';
import { request, type Answer } from '../support/http.js';

const reading = (strand: string) => ({
  topic: strand,
  timestamp: 1000,
  cast: { strand, castId: 'c1', elapsed: 1 },
  payload: { mold_level: 101 },
  timings: { entry: 0, stages: { 'sensor-buffer': 0.2 } },
});

const alarm = (state: string, level: string) => ({ ...reading('s1'), payload: { id: 'a1', state, level } });

/** What this process weighs and how busy it is says how the tests run, not how the node does. */
const anyProcess = `
sensors: [{ name: mold_level, unit: mm, range: [0, 200] }]
health:
  memory: { degraded: 1e9, unhealthy: 1e9 }
  event_loop_delay: { degraded: 1e9, unhealthy: 1e9 }
`;

async function monitor(): Promise<{ node: Node; through: Node; figures: Node }> {
  const nodeById = await deploy(
    [strandConfig, perfMonitor],
    [
      { id: 'config', type: 'strand-config', source: 'inline', yaml: anyProcess },
      {
        id: 'm1',
        type: 'perf-monitor',
        strandConfig: 'config',
        period: 0,
        wires: [['through'], ['figures']],
      },
      { id: 'through', type: 'helper' },
      { id: 'figures', type: 'helper' },
    ],
  );
  return { node: nodeById('m1'), through: nodeById('through'), figures: nodeById('figures') };
}

/** The HTTP application of the runtime, as each load of the node finds it. */
const runtime: { http: unknown } = { http: null };
const perfMonitor = (RED: NodeAPI): void => {
  runtime.http = RED.httpNode;
  register(RED);
};
const get = (path: string): Promise<Answer> => request(runtime.http, path);

describe('perf-monitor', () => {
  useNodeRed();
  useUserDir();

  it('passes a message on as the same object', async () => {
    const { node, through } = await monitor();
    const passed = collect(through);
    const message = reading('s1');
    node.receive(message);
    assert.equal(await passed.next(), message);
  });

  it('has every metric from the start', async () => {
    await monitor();
    const { status, text } = await get('/strandwatch/metrics');
    assert.equal(status, 200);
    for (const line of [
      'strandwatch_predictions_total{model="baseline"} 0',
      'strandwatch_predictions_total{model="sequence"} 0',
      'strandwatch_predictions_total{model="ensemble"} 0',
      'strandwatch_alarms_raised_total{level="warning"} 0',
      'strandwatch_alarms_raised_total{level="critical"} 0',
      '# TYPE strandwatch_readings_total counter',
      '# TYPE strandwatch_stage_duration_seconds histogram',
    ])
      assert.ok(text.includes(line), `no ${line} in\n${text}`);
  });

  it('counts readings by strand, predictions by model and raised alarms by level', async () => {
    const { node, through } = await monitor();
    const passed = collect(through);
    const messages = [
      reading('s1'),
      reading('s1'),
      reading('s2'),
      { ...reading('s1'), payload: { probability: 0.4, kind: 'baseline', latencyMs: 1 } },
      { ...reading('s1'), payload: { probability: 0.4, method: 'max', degraded: false } },
      { ...alarm('UNACK', 'warning'), event: 'raised' },
      { ...alarm('ACKED', 'warning'), event: 'acknowledged', command: 'acknowledge' },
      { ...alarm('UNACK', 'critical'), event: 'escalated' },
    ];
    for (const message of messages) node.receive(message);
    while (passed.messages.length < messages.length) await passed.next();
    const { text } = await get('/strandwatch/metrics');
    for (const line of [
      'strandwatch_readings_total{strand="s1"} 2',
      'strandwatch_readings_total{strand="s2"} 1',
      'strandwatch_predictions_total{model="baseline"} 1',
      'strandwatch_predictions_total{model="ensemble"} 1',
      'strandwatch_alarms_raised_total{level="warning"} 1',
      'strandwatch_alarms_raised_total{level="critical"} 1',
      'strandwatch_stage_duration_seconds_count{stage="sensor-buffer"} 3',
      'strandwatch_stage_duration_seconds_bucket{stage="sensor-buffer",le="0.00025"} 3',
    ])
      assert.ok(text.includes(line), `no ${line} in\n${text}`);
  });

  it('answers a request for its status on the second output', async () => {
    const { node, figures } = await monitor();
    const answers = collect(figures);
    node.receive({ command: 'status' });
    const answer = await answers.next();
    assert.equal((answer.payload as { health: { status: string } }).health.status, 'healthy');
    assert.deepEqual(errorsOf(), []);
  });

  it('tells health as JSON', async () => {
    await monitor();
    const { status, text } = await get('/strandwatch/health');
    assert.equal(status, 200);
    assert.equal((JSON.parse(text) as { status: string }).status, 'healthy');
  });

  it('says 503 when no model speaks any more', async () => {
    const { node, through } = await monitor();
    const passed = collect(through);
    const silent = { probability: null, method: 'max', degraded: true, baseline: null, sequence: null };
    node.receive({ ...reading('s1'), payload: silent });
    await passed.next();
    const { status, text } = await get('/strandwatch/health');
    assert.equal(status, 503);
    assert.match(text, /no prediction from baseline and sequence/);
  });

  it('lists what it can do when asked for something else', async () => {
    const { node, figures } = await monitor();
    const answers = collect(figures);
    node.receive({ command: 'statsu' });
    const { answer } = await answers.next();
    assert.equal((answer as { code: string }).code, 'COMMAND_UNKNOWN');
    assert.deepEqual(errorsOf(), ['msg.command: expected one of status, reset, got "statsu".']);
  });

  it('counts every message once when two of them watch the same flow, and once more is deployed', async () => {
    for (let round = 0; round < 2; round++) {
      const nodeById = await deploy(
        [perfMonitor],
        [
          { id: 'm1', type: 'perf-monitor', period: 0, wires: [['through'], []] },
          { id: 'm2', type: 'perf-monitor', period: 0, wires: [['through'], []] },
          { id: 'through', type: 'helper' },
        ],
      );
      const passed = collect(nodeById('through'));
      nodeById('m1').receive(reading('s1'));
      nodeById('m2').receive(reading('s2'));
      while (passed.messages.length < 2) await passed.next();
      const { text } = await get('/strandwatch/metrics');
      assert.equal(text.match(/^strandwatch_readings_total/gm)?.length, 2);
      await helper.unload();
    }
  });

  it('takes its addresses back when the last one closes', async () => {
    await monitor();
    await helper.unload();
    assert.equal((await get('/strandwatch/health')).status, 404);
  });
});
