import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import alertManager from '../../nodes/alert-manager/alert-manager.js';
import type { AlarmRecord } from '../../nodes/lib/alarm.js';
import type { CommandAnswer } from '../../nodes/lib/messages.js';
import strandConfig from '../../nodes/strand-config/strand-config.js';
import {
  collect,
  completionsOf,
  deploy,
  errorsOf,
  undeploy,
  useNodeRed,
  useUserDir,
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
  useUserDir();
  let logs = '';
  beforeEach(() => (logs = mkdtempSync(join(tmpdir(), 'strandwatch-alarms-'))));
  afterEach(() => rmSync(logs, { recursive: true, force: true }));

  async function started(fields: Readonly<Record<string, unknown>> = {}, folder = logs) {
    const nodes = await deploy([strandConfig, alertManager], flow(folder, fields));
    const node = nodes('n');
    return {
      node,
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
      'Strand 1: defect risk 86 % (limit 80 %), likely oscillation fault: Mold friction average 12.3 kN (60 s)',
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
    await undeploy();
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

  it('is silent about predictions of single models, unless asked for them', async () => {
    const single = {
      payload: { probability: 0.9, kind: 'baseline', model: 'gbm', version: '1', latencyMs: 1 },
    };
    const unasked = await started();
    unasked.send(risk(5, 0.9, single));
    unasked.send({ command: 'get-alarms' });
    assert.deepEqual((await unasked.answers.next()).payload, []);
    await undeploy();
    const asked = await started({ source: 'baseline' });
    asked.send(risk(5, 0.9, single));
    assert.deepEqual(recordIn(await asked.alarms.next()).models, ['gbm 1']);
  });

  it('puts its own fields before the file', async () => {
    const { send, alarms } = await started({ warning: '0.2', critical: '0.4', channels: '' });
    send(risk(5, 0.3));
    const { level, limit } = recordIn(await alarms.next());
    assert.deepEqual([level, limit], ['warning', 0.2]);
  });

  it('hands out copies: what the flow does to a record stays in the flow', async () => {
    const { send, alarms, answers } = await started();
    send(risk(5, 0.9));
    (recordIn(await alarms.next()) as { state: string }).state = 'NORM';
    send({ command: 'get-alarms' });
    assert.equal(((await answers.next()).payload as AlarmRecord[])[0]!.state, 'UNACK');
  });

  it('answers a command that it refuses, and tells catch nodes', async () => {
    const { send, answers } = await started();
    send({ command: 'acknowledge', payload: { id: 'x' } });
    const { answer } = (await answers.next()) as { answer: CommandAnswer };
    assert.equal(answer.ok, false);
    assert.equal(answer.code, 'COMMAND_REFUSED');
    assert.match(errorsOf().join(), /acknowledge of alarm "x": it is not known/);
  });

  it('ends every message once, good or bad, and goes on', async () => {
    const { send, node, alarms } = await started();
    const ended = completionsOf(node);
    const messages: Message[] = [
      risk(0, 0.9),
      { payload: 7 },
      risk(1, 'high'),
      risk(2, 0.9, { topic: 3 }),
      risk(3, 0.9, { cast: 'c1' }),
      risk(4, 0.9, { timings: 'none', quality: 7 }),
      { command: 7 },
      { command: 'seek' },
      { command: 'get-alarms' },
      { command: 'acknowledge', topic: 7, payload: [1] },
      { command: 'acknowledge' },
      risk(60, 0.1),
      risk(70, 0.1),
    ];
    messages.forEach((message, index) => send({ ...message, _msgid: `m${index}` }));
    await alarms.next();
    await alarms.next();
    assert.equal(recordIn(await alarms.next()).state, 'NORM');
    assert.deepEqual(ended.toSorted(), messages.map((_, index) => `m${index}`).toSorted());
    assert.equal(errorsOf().length, 7);
  });

  it('carries on without a disk, says so once, and marks what is not stored', async () => {
    const { send, alarms } = await started({}, join(__filename, 'no-folder'));
    send(risk(5, 0.6));
    send(risk(10, 0.9));
    assert.equal((await alarms.next()).stored, false);
    assert.equal((await alarms.next()).event, 'escalated');
    const complaints = errorsOf();
    assert.equal(complaints.length, 1);
    assert.match(complaints[0]!, /alarms-n\.jsonl: alarms can't be stored/);
  });

  it('shelves in the name of whoever is logged in, brings it back by itself, and exports who did what', async () => {
    const { send, alarms, answers } = await started();
    send(risk(5, 0.6));
    const { id } = recordIn(await alarms.next());
    const command = { command: 'shelve', payload: { id, seconds: 0.05, comment: 'trial', user: 'nobody' } };
    send({ ...command, _client: { user: { username: 'Ann' } } });
    const shelved = await alarms.next();
    assert.deepEqual([shelved.event, shelved.by, recordIn(shelved).state], ['shelved', 'Ann', 'SHLVD']);
    const back = await alarms.next();
    assert.deepEqual(
      [back.event, back.reason, recordIn(back).state],
      ['unshelved', 'shelving-expired', 'UNACK'],
    );
    await answers.next();
    send({ command: 'export', payload: { format: 'csv' } });
    const { rows } = (await answers.next()).payload as { rows: string };
    assert.deepEqual(
      rows
        .trim()
        .split('\r\n')
        .map((row) => row.split(',').slice(2, 8).join(' ')),
      [
        'event reason from to by comment',
        'raised above-warning NORM UNACK  ',
        'shelved operator UNACK SHLVD Ann trial',
        'unshelved shelving-expired SHLVD UNACK  ',
      ],
    );
  });

  it('stores what is under way before it closes', async () => {
    const { send } = await started();
    send(risk(5, 0.9));
    await undeploy();
    const again = await started();
    again.send({ command: 'get-alarms' });
    assert.equal(((await again.answers.next()).payload as AlarmRecord[]).length, 1);
  });

  it('gives the same alarms however the predictions arrive', async () => {
    const risks = Array.from({ length: 120 }, (_, look) => 0.5 + 0.5 * Math.sin(look / 7));
    const play = async (pause: number): Promise<unknown[]> => {
      logs = mkdtempSync(join(tmpdir(), 'strandwatch-alarms-'));
      const { send, alarms, answers } = await started();
      for (const [look, value] of risks.entries()) {
        send(risk(5 * look, value));
        if (pause > 0 && look % pause === 0) await new Promise((resolve) => setImmediate(resolve));
      }
      send({ command: 'get-alarms' });
      await answers.next();
      const told = alarms.messages.map(({ event, reason, payload }) => ({
        ...{ event, reason },
        record: { ...(payload as AlarmRecord), wallTimes: null },
      }));
      await undeploy();
      rmSync(logs, { recursive: true, force: true });
      return told;
    };
    const atOnce = await play(0);
    assert.ok(atOnce.length > 6);
    assert.deepEqual(await play(1), atOnce);
    assert.deepEqual(await play(7), atOnce);
  });

  it('waits in red for a configuration, and refuses messages till then', async () => {
    const { send, node } = await started({ strandConfig: '' });
    const ended = completionsOf(node);
    send({ ...risk(5, 0.9), _msgid: 'm' });
    assert.match(errorsOf().join(), /no valid configuration/);
    assert.deepEqual(ended, ['m']);
  });

  it('says which of its fields contradict each other', async () => {
    const { send } = await started({ warning: '0.9' });
    send(risk(5, 0.95));
    assert.match(
      errorsOf()[0]!,
      /expected a warning threshold at or below the critical one, got 0\.9 and 0\.8/,
    );
  });
});
