import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AlarmRecord } from '../../../../nodes/lib/alarm.js';
import { AlarmDesk } from '../../../../nodes/alert-manager/alarm-desk.js';
import type { Transition } from '../../../../nodes/alert-manager/life-cycle.js';
import type { Channel, NotifySettings } from '../../../../nodes/alert-manager/notify/channel.js';
import { newsOf, type Notification } from '../../../../nodes/alert-manager/notify/notification.js';
import { NotifyStore } from '../../../../nodes/alert-manager/notify/notify-store.js';
import { Pager } from '../../../../nodes/alert-manager/notify/pager.js';
import type { Answer, Post } from '../../../../nodes/alert-manager/notify/webhook-queue.js';
import type { AlarmSettings } from '../../../../nodes/alert-manager/settings.js';
import { FakeClock } from '../../../support/fake-clock.js';
import { eventually } from '../../../support/strandwatch-process.js';
import { acknowledgeAll, evidence, ruleWith, settingsWith, WALL } from '../story.js';

const MINUTE = 60_000;

const channel = (name: string, change: Partial<Channel> = {}): Channel => ({
  ...{ name, type: 'message', levels: ['warning', 'critical'], classes: null, strands: null },
  ...{ webhook: null, isOnRequest: false },
  route: {
    ...{
      groupBy: ['strand', 'level'],
      groupWaitMs: 0,
      groupIntervalMs: MINUTE,
      repeatIntervalMs: 60 * MINUTE,
    },
    sendResolved: change.type !== undefined,
  },
  ...change,
});
const webhook = (name: string): Channel =>
  channel(name, {
    type: 'webhook',
    webhook: { url: 'https://mes.example', tokenEnv: null, timeoutMs: 1000 },
  });
const accepted: Answer = { kind: 'accepted' };
const unavailable: Answer = { kind: 'failed', why: 'it answered 503', waitMs: null };

describe('the pager', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'strandwatch-pager-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  interface Start {
    readonly desk?: AlarmDesk;
    readonly clock?: FakeClock;
    readonly settings?: AlarmSettings;
    readonly notify?: Partial<NotifySettings>;
    readonly answer?: (post: Post) => Answer;
    /** Names of the channels that the rule of an alarm asks for. */
    readonly channelsOf?: (record: AlarmRecord) => readonly string[] | null;
    readonly file?: string;
  }

  function started(channels: readonly Channel[], start: Start = {}) {
    const { desk = new AlarmDesk(), clock = new FakeClock(WALL), settings = settingsWith() } = start;
    const { channelsOf = () => null, answer = () => accepted } = start;
    const path = start.file ?? join(folder, 'notified.jsonl');
    const told: Notification[] = [];
    const logged: string[] = [];
    const posted: string[] = [];
    const warnings: string[] = [];
    const storedWhenPosted: boolean[] = [];
    const pager = new Pager({
      clock,
      chance: () => 1,
      toFlow: (notifications) => told.push(...notifications),
      toLog: (name, { topic }) => logged.push(`${name}: ${topic}`),
      post: (_, post) => {
        storedWhenPosted.push(existsSync(path) && readFileSync(path, 'utf8').includes(post.id));
        posted.push((JSON.parse(post.body) as Notification).topic);
        return Promise.resolve(answer(post));
      },
      warn: (name, text) => warnings.push(`${name}: ${text}`),
      openStore: (snapshot) =>
        NotifyStore.open({
          ...{ path, clock, snapshot },
          report: (problem) => warnings.push(problem?.message ?? 'stored again'),
        }),
    });
    pager.configure({ channels, ratePerMinute: 0, inhibit: true, ...start.notify });
    const { open, past } = desk.book.snapshot();
    pager.start(open.map(newsOf), past.map(newsOf), channelsOf);
    const hear = (transitions: readonly Transition[]): void => pager.hear(transitions, channelsOf);
    return {
      ...{ pager, clock, desk, told, logged, posted, warnings, storedWhenPosted },
      topics: () => told.map(({ channel: name, topic }) => `${name}: ${topic}`),
      risk: (strand: string, risk: number, seconds = 0) =>
        hear(desk.assess(evidence(seconds, risk, { strand }), clock.wall(), settings)),
      acknowledge: () => hear(acknowledgeAll(desk, settings, clock.wall())),
      close: () => pager.close(1000),
    };
  }

  it('tells each channel of the alarms that it takes', async () => {
    const channels = [channel('mail', { levels: ['critical'] }), channel('book', { type: 'log' })];
    const { risk, topics, logged, close } = started([...channels, channel('two', { strands: ['2'] })]);
    risk('1', 0.6);
    risk('2', 0.9);
    assert.deepEqual(topics(), ['mail: Critical alarm: Strand 2', 'two: Critical alarm: Strand 2']);
    assert.deepEqual(logged, ['book: Warning alarm: Strand 1', 'book: Critical alarm: Strand 2']);
    await close();
  });

  it('sends the alarms of a rule to the channels that it names, and others not there', async () => {
    const channels = [channel('mail'), channel('sms', { isOnRequest: true })];
    const { risk, topics, close } = started(channels, {
      channelsOf: ({ strand }) => (strand === '2' ? ['sms'] : null),
    });
    risk('1', 0.9);
    risk('2', 0.9);
    assert.deepEqual(topics(), ['mail: Critical alarm: Strand 1', 'sms: Critical alarm: Strand 2']);
    await close();
  });

  it('repeats an alarm until somebody acknowledges it', async () => {
    const { risk, topics, clock, acknowledge, close } = started([channel('mail')]);
    risk('1', 0.9);
    clock.advance(62 * MINUTE);
    assert.deepEqual(topics(), ['mail: Critical alarm: Strand 1', 'mail: Still active: Strand 1']);
    acknowledge();
    clock.advance(300 * MINUTE);
    assert.equal(topics().length, 2);
    await close();
  });

  const inhibitions: readonly [inhibit: boolean, told: readonly string[]][] = [
    [true, ['mail: Critical alarm: Strand 1']],
    [false, ['mail: Critical alarm: Strand 1', 'mail: Warning alarm: Strand 1']],
  ];
  for (const [inhibit, expected] of inhibitions)
    it(`${inhibit ? 'holds back' : 'tells'} warnings of a strand in a critical alarm when inhibit is ${inhibit}`, async () => {
      const mild = ruleWith({ thresholds: { warning: 0.5, critical: 0.99 }, rule: { name: 'mild' } });
      const settings: AlarmSettings = { ...settingsWith(), rules: [ruleWith(), mild] };
      const { risk, topics, close } = started([channel('mail')], { settings, notify: { inhibit } });
      risk('1', 0.9);
      assert.deepEqual(topics(), expected);
      await close();
    });

  it('tells of a flood in a digest, early when it closes', async () => {
    const { risk, told, clock, close } = started([channel('mail')], {
      settings: settingsWith({ maxStrands: 9 }),
      notify: { ratePerMinute: 1 },
    });
    for (const strand of ['1', '2', '3']) risk(strand, 0.9);
    assert.equal(told.length, 1);
    clock.advance(MINUTE);
    assert.match(told[1]!.payload, /^2 more alarms in the last minute: Strand 2: .*; Strand 3: /);
    assert.deepEqual(told[1]!.digest, { raised: 2, returned: 0, repeated: 0, notifications: 2 });
    for (const strand of ['4', '5']) risk(strand, 0.9);
    assert.equal(told.length, 3);
    await close();
    assert.match(told[3]!.payload, /^1 more alarm in the last minute: Strand 5: /);
  });

  it('stores a post before it sends it, and settles what is accepted', async () => {
    const first = started([webhook('mes')]);
    first.risk('1', 0.9);
    await eventually('a post', () => first.posted.length > 0);
    assert.deepEqual(first.storedWhenPosted, [true]);
    await eventually('its end', () =>
      readFileSync(join(folder, 'notified.jsonl'), 'utf8').includes('"settled":["'),
    );
    await first.close();
    const again = started([webhook('mes')], { desk: first.desk });
    again.risk('2', 0.9);
    await eventually('a post', () => again.posted.length > 0);
    assert.deepEqual(again.posted, ['Critical alarm: Strand 2']);
    await again.close();
  });

  it('goes on where it stopped: what was told is not told again, what nobody was told is', async () => {
    const first = started([channel('mail')]);
    first.risk('1', 0.9);
    await first.close();
    const missed = first.desk.assess(evidence(0, 0.9, { strand: '2' }), first.clock.wall(), settingsWith());
    assert.equal(missed.length, 1);
    const again = started([channel('mail')], { desk: first.desk, clock: first.clock });
    again.clock.advance(MINUTE);
    assert.deepEqual(again.topics(), ['mail: Critical alarm: Strand 2']);
    await again.close();
  });

  it('tells a webhook after the restart of an alarm that ended meanwhile', async () => {
    const settings = settingsWith();
    const first = started([webhook('mes')]);
    first.risk('1', 0.9);
    await eventually('a post', () => first.posted.length > 0);
    await first.close();
    first.desk.assess(evidence(10, 0.1), first.clock.wall(), settings);
    const again = started([webhook('mes')], { desk: first.desk, clock: first.clock });
    again.clock.advance(MINUTE);
    await eventually('a post', () => again.posted.length > 0);
    assert.deepEqual(again.posted, ['Returned to normal: Strand 1']);
    await again.close();
  });

  it('forgets what waits for a channel that is gone', async () => {
    const first = started([webhook('mes')], { answer: () => unavailable });
    first.risk('1', 0.9);
    await eventually('a post', () => first.posted.length > 0);
    first.pager.configure({ channels: [channel('mail')], ratePerMinute: 0, inhibit: true });
    await first.close();
    const { queue } = NotifyStore.open({
      ...{ path: join(folder, 'notified.jsonl'), clock: first.clock },
      ...{ snapshot: () => ({ told: [], queued: [] }), report: () => undefined },
    }).restored;
    assert.deepEqual(queue, []);
  });

  it('says once that a webhook fails, and once that it works again', async () => {
    let answer: Answer = unavailable;
    const { risk, posted, warnings, clock, close } = started([webhook('mes')], { answer: () => answer });
    risk('1', 0.9);
    await eventually('a warning', () => warnings.length > 0);
    clock.advance(1000);
    await eventually('a second attempt', () => posted.length > 1);
    answer = accepted;
    await eventually('a second warning', () => {
      clock.advance(2000);
      return warnings.length > 1;
    });
    assert.deepEqual(warnings, [
      'mes: it answered 503; it is tried again',
      'mes: notifications are accepted again',
    ]);
    await close();
  });

  it('tells and posts without a disk, and says so', async () => {
    writeFileSync(join(folder, 'file'), '');
    const channels = [channel('mail'), webhook('mes')];
    const { risk, topics, posted, warnings, close } = started(channels, { file: join(folder, 'file', 'x') });
    risk('1', 0.9);
    assert.deepEqual(topics(), ['mail: Critical alarm: Strand 1']);
    await eventually('a post', () => posted.length > 0);
    assert.equal(warnings.length, 1);
    assert.match(warnings[0]!, /notifications can't be stored .*Free the disk or make the folder writable/);
    await close();
  });
});
