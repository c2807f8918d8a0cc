import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import alertManager from '../../nodes/alert-manager/alert-manager.js';
import type { AlarmKpis } from '../../nodes/lib/alarm-kpis.js';
import strandConfig from '../../nodes/strand-config/strand-config.js';
import { accept, AlarmReceiver, type Answering } from '../support/alarm-receiver.js';
import {
  collect,
  deploy,
  errorsOf,
  undeploy,
  useNodeRed,
  useUserDir,
  warningsOf,
  type Message,
} from '../support/node-harness.js';
import { eventually } from '../support/strandwatch-process.js';

/** Where nobody listens until a test does. */
const LATE_PORT = 19_261;
const TOKEN = 'correct-horse-battery-staple';

/** One alarm per strand, each told on its own; what returns to normal does so at once. */
const yaml = (channels: string): string => `
sensors:
  - { name: mold_friction, label: Mold friction, unit: kN, range: [0, 60] }
alerts:
  thresholds: { warning: 0.5, critical: 0.8 }
  off_delay: 0
  notification: { channels: [${channels}], group_by: [strand], group_interval: 1 }
`;
const risk = (strand: string, probability: number, seconds = 5): Message => ({
  topic: strand,
  timestamp: 1000 * seconds,
  cast: { strand, castId: 'c1', elapsed: seconds, position: seconds / 50 },
  payload: { probability, method: 'weighted', baseline: null, sequence: null },
  timings: { entry: 0, stages: {} },
});

describe('the notifications of alert-manager', function () {
  this.timeout(60_000);
  useNodeRed();
  const userDir = useUserDir();
  let receiver: AlarmReceiver | null = null;
  afterEach(async () => {
    await receiver?.close();
    receiver = null;
    delete process.env.STRANDWATCH_TEST_TOKEN;
  });

  async function started(channels: string) {
    const nodes = await deploy(
      [strandConfig, alertManager],
      [
        { id: 'f', type: 'tab' },
        { id: 'c', type: 'strand-config', source: 'inline', yaml: yaml(channels) },
        { id: 'n', z: 'f', type: 'alert-manager', strandConfig: 'c', wires: [['a'], ['p'], ['r']] },
        ...['a', 'p', 'r'].map((id) => ({ id, z: 'f', type: 'helper' })),
      ],
    );
    const node = nodes('n');
    return {
      send: (message: Message) => node.receive(message),
      alarms: collect(nodes('a')),
      notifications: collect(nodes('p')),
      answers: collect(nodes('r')),
    };
  }
  /** A node with a webhook to a receiver that answers so. */
  async function withWebhook(answer: Answering, fields = '') {
    receiver = await AlarmReceiver.start(answer);
    return started(`{ name: mes, type: webhook, url: "${receiver.url}" ${fields} }`);
  }
  const received = (count: number): Promise<true> =>
    eventually(`${count} posts`, () => receiver!.received.length >= count || null);
  const strands = (): (string | null)[] => receiver!.received.map(({ notification }) => notification.strand);
  const keys = (): string[] => receiver!.received.map(({ key }) => key);
  const lines = (file: string): Record<string, unknown>[] =>
    readFileSync(join(userDir(), 'logs', file), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  it('write a line into the log for each, with the ids of the alarms', async () => {
    const { send, alarms } = await started(
      '{ name: shift book, type: log }, { name: shift_book, type: log }',
    );
    send(risk('1', 0.9));
    send(risk('2', 0.6));
    await alarms.next();
    await alarms.next();
    await undeploy();
    const [first, second, ...more] = lines('notifications-n-shift_book.jsonl');
    assert.deepEqual(more, []);
    assert.deepEqual([first!.severity, first!.event, first!.channel], ['critical', 'raised', 'shift_book']);
    assert.deepEqual(first!.active, ['1/c1/defect-risk/5000']);
    assert.deepEqual(second!.active, ['2/c1/defect-risk/5000']);
    assert.match(String(first!.payload), /^Strand 1: defect risk 90 %/);
    const ofTheOther = readdirSync(join(userDir(), 'logs')).filter((file) => /shift_book-/.test(file));
    assert.equal(ofTheOther.length, 1, 'a channel with a name like it has a file of its own');
  });

  it('are posted to a webhook, again with the same key after a 500, and in order', async () => {
    const { send } = await withWebhook((response, { length }) =>
      length === 1 ? response.writeHead(500).end() : accept(response, []),
    );
    for (const strand of ['1', '2', '3']) send(risk(strand, 0.9));
    await received(4);
    assert.deepEqual(strands(), ['1', '1', '2', '3']);
    const [first, again, ...others] = keys();
    assert.equal(again, first);
    assert.equal(new Set([first, ...others]).size, 3);
    assert.equal(receiver!.received[1]!.text, receiver!.received[0]!.text);
    assert.match(warningsOf().join('\n'), /channel mes: it answered 500; it is tried again\./);
    assert.deepEqual(errorsOf(), []);
  });

  it('reach a webhook that was not there at first', async () => {
    const { send } = await started(
      `{ name: mes, type: webhook, url: "http://127.0.0.1:${LATE_PORT}/alarms" }`,
    );
    send(risk('1', 0.9));
    send(risk('2', 0.9));
    await eventually('a warning', () => warningsOf().some((text) => text.includes('ECONNREFUSED')));
    receiver = await AlarmReceiver.start(accept, LATE_PORT);
    await received(2);
    assert.deepEqual(strands(), ['1', '2']);
  });

  it('go on after a redeploy where a webhook had not accepted them, under the same key', async () => {
    const first = await withWebhook((response) => void response.writeHead(503).end());
    first.send(risk('1', 0.9));
    first.send(risk('2', 0.9));
    await received(1);
    await undeploy();
    receiver!.answer = accept;
    const before = receiver!.received.length;
    await started(`{ name: mes, type: webhook, url: "${receiver!.url}" }`);
    await received(before + 2);
    assert.deepEqual(strands().slice(before), ['1', '2']);
    assert.equal(keys()[before], keys()[0]);
    await undeploy();
    const third = await started(`{ name: mes, type: webhook, url: "${receiver!.url}" }`);
    third.send(risk('3', 0.9));
    await received(before + 3);
    assert.deepEqual(strands().slice(before), ['1', '2', '3'], 'what was accepted is not sent again');
  });

  it('hold no redeploy up while a webhook gives no answer, and let go of its connection', async () => {
    let isLetGo = false;
    const { send } = await withWebhook(
      (response) => void response.on('close', () => (isLetGo = true)),
      ', timeout: 60',
    );
    send(risk('1', 0.9));
    await received(1);
    await undeploy();
    await eventually('the end of the connection', () => isLetGo);
  });

  it('follow no redirection', async () => {
    const { send } = await withWebhook(
      (response) => void response.writeHead(307, { location: '/elsewhere' }).end(),
    );
    send(risk('1', 0.9));
    send(risk('2', 0.9));
    await received(2);
    assert.deepEqual(
      receiver!.received.map(({ path }) => path),
      ['/alarms', '/alarms'],
    );
    assert.match(warningsOf().join('\n'), /a notification was given up: it redirects \(307\)/);
  });

  it('carry a token of the environment that is told to nobody else', async () => {
    const { send } = await withWebhook(
      (response, { length }) => (length === 1 ? response.writeHead(503).end() : accept(response, [])),
      ', token_env: STRANDWATCH_TEST_TOKEN',
    );
    send(risk('1', 0.9));
    const missing = /the environment variable STRANDWATCH_TEST_TOKEN is not set/;
    await eventually('a warning', () => warningsOf().some((text) => missing.test(text)));
    process.env.STRANDWATCH_TEST_TOKEN = TOKEN;
    await received(2);
    assert.equal(receiver!.received[1]!.authorization, `Bearer ${TOKEN}`);
    await undeploy();
    const folder = join(userDir(), 'logs');
    const files = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
    assert.ok(files.length > 0);
    assert.ok(![...files, ...warningsOf(), ...errorsOf()].some((text) => text.includes(TOKEN)));
  });

  it('never repeat a token that is mistyped', async () => {
    process.env.STRANDWATCH_TEST_TOKEN = `${TOKEN}\nexport OTHER`;
    const { send } = await withWebhook(accept, ', token_env: STRANDWATCH_TEST_TOKEN');
    send(risk('1', 0.9));
    const mistyped = /STRANDWATCH_TEST_TOKEN holds a character that no token has/;
    await eventually('a warning', () => warningsOf().some((text) => mistyped.test(text)));
    assert.ok(![...warningsOf(), ...errorsOf()].some((text) => text.includes(TOKEN)));
    assert.deepEqual(receiver!.received, []);
  });

  it('tell a webhook of the return to normal, and people only of the alarm', async () => {
    receiver = await AlarmReceiver.start();
    const { send, alarms, notifications } = await started(
      `mail, { name: mes, type: webhook, url: "${receiver.url}", levels: [critical] }`,
    );
    send(risk('1', 0.6));
    send(risk('2', 0.9));
    assert.equal((await notifications.next()).severity, 'warning');
    assert.equal((await notifications.next()).severity, 'critical');
    send(risk('1', 0.1, 10));
    send(risk('2', 0.1, 10));
    await received(2);
    assert.deepEqual(
      receiver.received.map(({ notification: { topic, event } }) => [topic, event]),
      [
        ['Critical alarm: Strand 2', 'raised'],
        ['Returned to normal: Strand 2', 'returned-to-normal'],
      ],
    );
    assert.equal(alarms.messages.length, 4);
    assert.equal(notifications.messages.length, 2);
  });

  it('are judged by get-kpis', async () => {
    const { send, alarms, answers } = await started('mail');
    send(risk('1', 0.9));
    send(risk('2', 0.6));
    await alarms.next();
    await alarms.next();
    send({ command: 'acknowledge', topic: '1', payload: { user: 'Ann' } });
    await answers.next();
    send({ command: 'get-kpis' });
    const { positions, limits } = (await answers.next()).payload as AlarmKpis;
    const [{ alarms: count, rate, standing, topTen, priorities, flood, meanAcknowledgeS }] = positions as [
      AlarmKpis['positions'][0],
    ];
    assert.equal(count, 2);
    assert.deepEqual([rate.last10Min, rate.verdict, flood.isNow], [2, 'manageable', false]);
    assert.deepEqual([standing.active, standing.unacknowledged, standing.staleCount], [2, 1, 0]);
    assert.deepEqual(
      topTen.actors.map(({ strand, rule, share }) => [strand, rule, share]),
      [
        ['1', 'defect-risk', 0.5],
        ['2', 'defect-risk', 0.5],
      ],
    );
    assert.equal(
      priorities.reduce((sum, { alarms: times }) => sum + times, 0),
      2,
    );
    assert.ok(meanAcknowledgeS !== null);
    assert.equal(limits.flood_begin, 10);
  });
});
