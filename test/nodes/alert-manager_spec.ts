import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import helper from 'node-red-node-test-helper';
import alertManager from '../../nodes/alert-manager/alert-manager.js';
import type { AlarmRecord } from '../../nodes/lib/alarm.js';
import strandConfig from '../../nodes/strand-config/strand-config.js';
import {
  collect,
  deploy,
  errorsOf,
  useNodeRed,
  type FlowNode,
  type Message,
} from '../support/node-harness.js';

const yaml = (logs: string): string => `
sensors:
  - { name: mold_friction, label: Mold friction, unit: kN, range: [0, 60] }
alerts:
  thresholds: { warning: 0.5, critical: 0.8 }
  deadband: 0.05
  off_delay: 10
  escalation: { warning_to_critical: 60 }
  notification: { channels: [mail, sms] }
logging: { directory: ${JSON.stringify(logs)} }
`;
const flow = (logs: string, fields: Readonly<Record<string, unknown>> = {}): FlowNode[] => [
  { id: 'f', type: 'tab' },
  { id: 'c', type: 'strand-config', source: 'inline', yaml: yaml(logs) },
  { id: 'n', z: 'f', type: 'alert-manager', strandConfig: 'c', wires: [['a'], ['p'], ['r']], ...fields },
  { id: 'a', z: 'f', type: 'helper' },
  { id: 'p', z: 'f', type: 'helper' },
  { id: 'r', z: 'f', type: 'helper' },
];
const risk = (seconds: number, probability: unknown, change: Message = {}): Message => ({
  topic: '1',
  timestamp: 1000 * seconds,
  cast: { strand: '1', castId: 'c1', elapsed: seconds, position: seconds / 50 },
  payload: {
    probability,
    method: 'weighted',
    baseline: {
      ...{ probability, kind: 'baseline', model: 'gbm', version: '1.0.0', latencyMs: 1 },
      contributions: [{ feature: 'mold_friction.mean.60s', value: 12.34, contribution: 1.2 }],
    },
    sequence: null,
  },
  timings: { entry: 0, stages: {} },
  ...change,
});

describe('alert-manager', () => {
  useNodeRed();
  let logs = '';
  beforeEach(() => (logs = mkdtempSync(join(tmpdir(), 'strandwatch-alarms-'))));
  afterEach(() => rmSync(logs, { recursive: true, force: true }));

  async function started(fields: Readonly<Record<string, unknown>> = {}) {
    const nodes = await deploy([strandConfig, alertManager], flow(logs, fields));
    const node = nodes('n');
    return {
      send: (message: Message) => node.receive(message),
      alarms: collect(nodes('a')),
      notifications: collect(nodes('p')),
      answers: collect(nodes('r')),
    };
  }
  const recordIn = (message: Message): AlarmRecord => message.payload as AlarmRecord;

  it('raises an alarm with the reason in words, and tells it on each channel', async () => {
    const { send, alarms, notifications } = await started();
    send(risk(0, 0.3));
    send(risk(5, 0.86));
    const message = await alarms.next();
    const record = recordIn(message);
    assert.equal(message.event, 'raised');
    assert.equal(message.stored, true);
    assert.equal(record.state, 'UNACK');
    assert.equal(record.level, 'critical');
    assert.equal(record.id, '1/c1/defect-risk/5000');
    assert.equal(record.positionM, 0.1);
    assert.equal(
      record.message,
      'Strand 1: defect risk 86 % (limit 80 %): Mold friction average 12.3 kN (60 s)',
    );
    const first = await notifications.next();
    const second = await notifications.next();
    assert.deepEqual([first.channel, second.channel], ['mail', 'sms']);
    assert.equal(first.payload, record.message);
    assert.equal(first.severity, 'critical');
  });

  it('still knows an unacknowledged alarm after a restart', async () => {
    const { send, alarms } = await started();
    send(risk(5, 0.6));
    const before = recordIn(await alarms.next());
    await helper.unload();
    const again = await started();
    again.send({ command: 'get-alarms' });
    assert.deepEqual((await again.answers.next()).payload, [before]);
    again.send(risk(10, 0.6));
    again.send({ command: 'acknowledge', payload: { id: before.id, user: 'Ann', comment: 'seen' } });
    const acknowledged = recordIn(await again.alarms.next());
    assert.equal(acknowledged.state, 'ACKED');
    assert.deepEqual(acknowledged.acknowledgement, { by: 'Ann', comment: 'seen' });
    assert.equal(again.alarms.messages.length, 1);
    assert.deepEqual(errorsOf(), []);
  });

  it('takes new thresholds at the next prediction', async () => {
    const { send, alarms, answers } = await started();
    send(risk(5, 0.4));
    send({ command: 'set-thresholds', payload: { warning: 0.3, user: 'Ann' } });
    assert.deepEqual((await answers.next()).payload, { warning: 0.3, critical: 0.8 });
    send(risk(10, 0.4));
    assert.equal(recordIn(await alarms.next()).limit, 0.3);
  });
});
