import assert from 'node:assert/strict';
import fc from 'fast-check';
import { wallMs, type WallMs } from '../../../../nodes/lib/clock.js';
import type { Alert } from '../../../../nodes/alert-manager/notify/alert.js';
import type { GroupNotification } from '../../../../nodes/alert-manager/notify/alert-group.js';
import { Dispatcher, type Route } from '../../../../nodes/alert-manager/notify/dispatcher.js';

const WAIT = 1000;
const INTERVAL = 5000;
const REPEAT = 20_000;
const route: Route = {
  groupBy: ['strand'],
  groupWaitMs: WAIT,
  groupIntervalMs: INTERVAL,
  repeatIntervalMs: REPEAT,
  sendResolved: true,
};
const T0 = 1_772_000_000_000;
const at = (ms: number): WallMs => wallMs(T0 + ms);

const alert = (key: string, from: number, change: Partial<Alert<null>> = {}): Alert<null> => ({
  ...{ key, fingerprint: key, labels: { strand: '1' }, hush: 'no', content: null },
  startsAt: at(from),
  endsAt: null,
  ...change,
});
const none = (): boolean => false;
const told = ({ firing, resolved }: GroupNotification<null>): string =>
  [...firing.map(({ key }) => key), ...resolved.map(({ key }) => `${key} resolved`)].join(' ');

/** Runs all looks up to a time. @returns when, and what was told */
function runUntil(
  dispatcher: Dispatcher<null>,
  end: WallMs,
  isInhibited: (a: Alert<null>) => boolean = none,
) {
  const all: [number, GroupNotification<null>][] = [];
  for (let due = dispatcher.dueAt; due !== null && due <= end; due = dispatcher.dueAt)
    for (const notification of dispatcher.run(due, isInhibited)) all.push([due - T0, notification]);
  return all;
}
const lines = (all: readonly [number, GroupNotification<null>][]): string[] =>
  all.map(([ms, notification]) => `${ms} ${notification.verdict}: ${told(notification)}`);

describe('the dispatcher of notifications', () => {
  it('waits for the alarms that belong together, then tells them in one, the first-out first', () => {
    const dispatcher = new Dispatcher<null>(route);
    dispatcher.accept(alert('B', 100), at(100));
    dispatcher.accept(alert('A', 50), at(700));
    assert.deepEqual(lines(runUntil(dispatcher, at(3000))), ['1100 first: A B']);
  });

  it('tells each strand on its own', () => {
    const dispatcher = new Dispatcher<null>(route);
    dispatcher.accept(alert('A', 0), at(0));
    dispatcher.accept(alert('B', 0, { labels: { strand: '2' } }), at(0));
    assert.deepEqual(lines(runUntil(dispatcher, at(1000))), ['1000 first: A', '1000 first: B']);
  });

  it('tells what fires later with the next group interval, and an unchanged group after the repeat interval', () => {
    const dispatcher = new Dispatcher<null>(route);
    dispatcher.accept(alert('A', 0), at(0));
    const first = runUntil(dispatcher, at(2000));
    dispatcher.accept(alert('B', 2000), at(2000));
    assert.deepEqual(lines([...first, ...runUntil(dispatcher, at(35_000))]), [
      '1000 first: A',
      '6000 new-firing: A B',
      '31000 repeat: A B',
    ]);
  });

  it('tells nothing of an alarm that was gone within the group wait', () => {
    const dispatcher = new Dispatcher<null>(route);
    dispatcher.accept(alert('A', 0), at(0));
    dispatcher.accept(alert('A', 0, { endsAt: at(500) }), at(500));
    assert.deepEqual(lines(runUntil(dispatcher, at(60_000))), []);
  });

  it('tells at once of an alarm that becomes critical where that is a group of its own', () => {
    const dispatcher = new Dispatcher<null>({ ...route, groupBy: ['strand', 'level'] });
    const labels = (level: string) => ({ labels: { strand: '1', level }, fingerprint: `A ${level}` });
    dispatcher.accept(alert('A', 0, labels('warning')), at(0));
    const first = runUntil(dispatcher, at(3000));
    dispatcher.accept(alert('A', 0, labels('critical')), at(3000));
    assert.deepEqual(lines([...first, ...runUntil(dispatcher, at(15_000))]), [
      '1000 first: A',
      '3000 first: A',
    ]);
  });

  it('is silent about a shelved alarm, and tells it again at the next look once it is off the shelf', () => {
    const dispatcher = new Dispatcher<null>(route);
    dispatcher.accept(alert('A', 0), at(0));
    const first = runUntil(dispatcher, at(2000));
    dispatcher.accept(alert('A', 0, { hush: 'off-list' }), at(2000));
    const shelved = runUntil(dispatcher, at(12_000));
    dispatcher.accept(alert('A', 0), at(12_000));
    assert.deepEqual(lines([...first, ...shelved, ...runUntil(dispatcher, at(17_000))]), [
      '1000 first: A',
      '16000 new-firing: A',
    ]);
  });

  it('stops repeating an alarm that somebody acknowledged, and still tells its end', () => {
    const dispatcher = new Dispatcher<null>(route);
    dispatcher.accept(alert('A', 0), at(0));
    const first = runUntil(dispatcher, at(2000));
    dispatcher.accept(alert('A', 0, { hush: 'heard' }), at(2000));
    const heard = runUntil(dispatcher, at(62_000));
    dispatcher.accept(alert('A', 0, { hush: 'heard', endsAt: at(62_000) }), at(62_000));
    assert.deepEqual(lines([...first, ...heard, ...runUntil(dispatcher, at(90_000))]), [
      '1000 first: A',
      '66000 all-resolved: A resolved',
    ]);
  });

  it('tells an alarm that ended unheard on the shelf when it fires again', () => {
    const dispatcher = new Dispatcher<null>(route);
    dispatcher.accept(alert('A', 0), at(0));
    const first = runUntil(dispatcher, at(2000));
    dispatcher.accept(alert('A', 0, { endsAt: at(3000), hush: 'off-list' }), at(3000));
    const ended = runUntil(dispatcher, at(7000));
    dispatcher.accept(alert('A', 8000), at(8000));
    assert.deepEqual(lines([...first, ...ended, ...runUntil(dispatcher, at(12_000))]), [
      '1000 first: A',
      '11000 new-firing: A',
    ]);
  });

  it('goes on where an earlier run stopped: what was told is not told again, what was not is', () => {
    const before = new Dispatcher<null>(route);
    before.accept(alert('A', 0), at(0));
    runUntil(before, at(2000));
    const after = new Dispatcher<null>(route);
    for (const [key, log] of before.logs()) after.restore(key, log, at(4000));
    after.accept(alert('A', 0), at(4000));
    assert.deepEqual(lines(runUntil(after, at(9000))), []);
    after.accept(alert('B', 9000), at(9000));
    assert.deepEqual(lines(runUntil(after, at(14_000))), ['14000 new-firing: A B']);
  });

  it('is not put off when the clock of the computer is set back', () => {
    const dispatcher = new Dispatcher<null>(route);
    dispatcher.accept(alert('A', 0), at(0));
    dispatcher.run(at(-3_600_000), none);
    assert.ok(dispatcher.dueAt! <= at(-3_600_000 + INTERVAL));
  });

  it('keeps a bounded number of groups and loses nothing: what finds no room is told together', () => {
    const dispatcher = new Dispatcher<null>(route, 3);
    for (let i = 0; i < 10; i++)
      dispatcher.accept(alert(`A${i}`, 0, { labels: { strand: String(i) } }), at(0));
    const all = runUntil(dispatcher, at(1000));
    assert.equal(all.length, 4);
    assert.equal(all.flatMap(([, { firing }]) => firing).length, 10);
  });
});

/** A history of a few alarms on two strands: each is raised and returns at random, on a grid that looks never fall on. */
const history = fc.array(
  fc.record({ after: fc.integer({ min: 0, max: 12 }), key: fc.constantFrom('A', 'B', 'C', 'D') }),
  { maxLength: 60 },
);

function play(steps: readonly { after: number; key: string }[]) {
  const dispatcher = new Dispatcher<null>(route);
  const firing = new Map<string, number>();
  const all: [number, GroupNotification<null>][] = [];
  const spans: { key: string; from: number; to: number }[] = [];
  let now = 333;
  for (const { after, key } of steps) {
    now += after * 1000;
    all.push(...runUntil(dispatcher, at(now)));
    const labels = { strand: key < 'C' ? '1' : '2' };
    const since = firing.get(key);
    if (since === undefined) firing.set(key, now);
    else {
      firing.delete(key);
      spans.push({ key, from: since, to: now });
    }
    const endsAt = since === undefined ? null : at(now);
    dispatcher.accept(alert(key, since ?? now, { labels, endsAt }), at(now));
  }
  const end = now + 2 * INTERVAL;
  all.push(...runUntil(dispatcher, at(end)));
  for (const [key, from] of firing) spans.push({ key, from, to: end });
  return { all, spans, stillFiring: new Set(firing.keys()) };
}

describe('notifications of any history of alarms', () => {
  it('miss none: what is active for longer than wait and interval is told while it is', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const { all, spans } = play(steps);
        for (const { key, from, to } of spans.filter((span) => span.to - span.from > WAIT + INTERVAL)) {
          const known = all.filter(([ms]) => ms <= to);
          const last = known.findLast(([, { group }]) => group === JSON.stringify([key < 'C' ? '1' : '2']));
          assert.ok(last !== undefined && last[1].firing.some((one) => one.key === key), `${key} ${from}`);
        }
      }),
    );
  });

  it('say nothing twice: the same again comes after the repeat interval only, and looks are an interval apart', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const last = new Map<string, [number, GroupNotification<null>]>();
        for (const entry of play(steps).all) {
          const [ms, notification] = entry;
          const before = last.get(notification.group);
          if (before !== undefined) {
            assert.ok(ms - before[0] >= INTERVAL || notification.sequence === 1);
            if (notification.verdict === 'repeat') assert.ok(ms - before[0] > REPEAT);
            if (told(notification) === told(before[1]) && notification.sequence > 1)
              assert.ok(
                notification.verdict === 'repeat' ||
                  notification.news.length > 0 ||
                  notification.resolved.length > 0,
              );
          }
          last.set(notification.group, entry);
        }
      }),
    );
  });

  it('leave people with what is so: what was last told of an alarm is how it stands', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const { all, stillFiring } = play(steps);
        const toldFiring = new Map<string, boolean>();
        for (const [, { firing, resolved }] of all) {
          for (const { key } of firing) toldFiring.set(key, true);
          for (const { key } of resolved) toldFiring.set(key, false);
        }
        for (const [key, isFiring] of toldFiring) assert.equal(isFiring, stillFiring.has(key), key);
        for (const key of stillFiring) assert.ok(toldFiring.has(key), key);
      }),
    );
  });
});
