import assert from 'node:assert/strict';
import { Feed } from '../../../../nodes/strand-config/dashboard/feed.js';
import { frameRequest } from '../../../../nodes/strand-config/dashboard/frame-request.js';
import { BAD, GOOD } from '../../../../nodes/lib/dashboard.js';
import { afterFrame, nextRequest, NOTHING_YET } from '../../../../nodes/widgets/feed-state.js';
import { configWith } from '../../../support/config.js';
import { FakeClock } from '../../../support/fake-clock.js';

const T0 = 1_772_000_000_000;
const cast = (castId: string, elapsed: number) => ({ strand: '1', castId, elapsed });

const reading = (seconds: number, level: number | null, castId = 'c1', topic = '1') => ({
  topic,
  timestamp: T0 + 1000 * seconds,
  cast: cast(castId, seconds),
  payload: { mold_level: level },
  quality: level === null ? { mold_level: 'bad.stuck' } : {},
  timings: { entry: 0, stages: {} },
});
const risk = (seconds: number, probability: number | null, castId = 'c1') => ({
  topic: '1',
  timestamp: T0 + 1000 * seconds,
  cast: cast(castId, seconds),
  payload: { probability, method: 'weighted', baseline: null, sequence: null, rules: null, degraded: true },
  timings: { entry: 0, stages: {} },
});
const alarm = (id: string, state: string) => ({
  topic: '1',
  event: 'raised',
  payload: { id, strand: '1', state, level: 'warning' },
});

/** A feed, and a browser that asks it. */
function watched(dashboard: object = { chart_interval: 5, history: 600 }) {
  const clock = new FakeClock(T0);
  const feed = new Feed('run-1', clock);
  feed.configure(configWith({ dashboard }), [], []);
  let state = NOTHING_YET;
  return {
    clock,
    feed,
    look: (strand: string | null = '1') => {
      const frame = feed.frame(frameRequest({ ...nextRequest(state, strand) }));
      state = afterFrame(state, frame);
      return { frame, state };
    },
  };
}

describe('Feed', () => {
  it('lets readings through and keeps everything else', () => {
    const { feed } = watched();
    assert.equal(feed.observe(reading(0, 100)), true);
    assert.equal(feed.observe(risk(0, 0.2)), false);
    assert.equal(feed.observe(alarm('a', 'UNACK')), false);
  });

  it('tells a browser only what came since it last asked, and the browser ends with the whole', () => {
    const { feed, look } = watched();
    for (let second = 0; second < 60; second++) feed.observe(reading(second, 100 + second));
    assert.equal(look().state.trends?.times.length, 12);
    for (let second = 60; second < 70; second++) feed.observe(reading(second, 100 + second));
    const { frame, state } = look();
    assert.equal(frame.detail?.trends?.times.length, 2);
    assert.deepEqual(
      state.trends?.values[0],
      Array.from({ length: 14 }, (_, step) => 100 + 5 * step),
    );
    assert.equal(state.trends?.latest.values[0], 169);
  });

  it('mends a lost frame by itself: what is told twice counts once', () => {
    const { feed, look } = watched();
    feed.observe(risk(0, 0.1));
    look();
    feed.observe(risk(5, 0.2));
    feed.frame(frameRequest({ strand: '1', feed: 'run-1' }));
    feed.observe(risk(10, 0.3));
    assert.deepEqual(look().state.risk?.ensemble, [0.1, 0.2, 0.3]);
  });

  it('begins a new picture with a new cast, and when the clock of the cast runs back', () => {
    const { feed, look } = watched();
    for (const second of [0, 5, 10]) feed.observe(risk(second, 0.1));
    look();
    feed.observe(risk(15, 0.5, 'c2'));
    assert.deepEqual(look().state.risk?.ensemble, [0.5]);
    feed.observe(risk(5, 0.6, 'c2'));
    assert.deepEqual(look().state.risk?.ensemble, [0.6]);
  });

  it('keeps missing values missing, with the class of their quality', () => {
    const { feed, look } = watched();
    feed.observe(reading(0, 100));
    feed.observe(reading(5, null));
    const { state } = look();
    assert.deepEqual(state.trends?.values[0], [100, null]);
    assert.deepEqual(state.trends?.quality[0], [GOOD, BAD]);
    assert.deepEqual(state.strands[0]?.sensors, { uncertain: 0, bad: 1 });
  });

  it('shows no risk as none, never as 0', () => {
    const { feed, look } = watched();
    feed.observe(risk(0, null));
    const { state } = look();
    assert.equal(state.strands[0]?.risk, null);
    assert.deepEqual(state.risk?.ensemble, [null]);
  });

  it('tells how much of the past is known while the longest window fills, and then nothing of it', () => {
    const { feed, look } = watched();
    feed.observe({ ...risk(0, 0.1), warmUp: { since: T0, seconds: 240, of: 600 } });
    assert.deepEqual(look().state.strands[0]?.warmUp, { seconds: 240, of: 600 });
    feed.observe(risk(5, 0.1));
    assert.equal(look().state.strands[0]?.warmUp, null);
  });

  it('tells no browser where notifications go: the address of a webhook may be a secret', () => {
    const { alerts } = watched().look().frame.sections.settings!.content as { alerts: object };
    assert.ok('thresholds' in alerts);
    assert.ok(!('notification' in alerts));
  });

  it('sends a section only after it has changed', () => {
    const { feed, look } = watched();
    assert.ok(look().frame.sections.settings);
    assert.equal(look().frame.sections.settings, undefined);
    feed.observe(alarm('a', 'UNACK'));
    assert.deepEqual(Object.keys(look().frame.sections), ['alarms']);
  });

  it('moves an alarm that is over to those that are over, and takes a list of open ones for the whole', () => {
    const { feed, look } = watched();
    feed.observe(alarm('a', 'UNACK'));
    feed.observe(alarm('b', 'ACKED'));
    feed.observe(alarm('a', 'NORM'));
    const names = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id).join();
    const { alarms } = look().state;
    assert.deepEqual([names(alarms.open), names(alarms.over)], ['b', 'a']);
    const result = [alarm('c', 'UNACK').payload];
    feed.observe({ topic: '', payload: result, answer: { command: 'get-alarms', ok: true, result } });
    assert.equal(names(look().state.alarms.open), 'c');
  });

  it('forgets the history that is no longer charted', () => {
    const { feed, look } = watched({ chart_interval: 5, history: 60 });
    for (let second = 0; second < 600; second += 5) {
      feed.observe(reading(second, 100));
      feed.observe(risk(second, 0.1));
      if (second % 50 === 0) look();
    }
    const { state } = look();
    assert.ok(state.trends!.times.length <= 13, `${state.trends!.times.length} rows`);
    assert.ok(state.risk!.times.length <= 13, `${state.risk!.times.length} risks`);
  });

  it('forgets the strand that was silent for longest when there is no room', () => {
    const clock = new FakeClock(T0);
    const feed = new Feed('run-1', clock);
    feed.configure(configWith({ streaming: { max_strands: 2 } }), [], []);
    for (const strand of ['1', '2', '3']) {
      feed.observe(reading(0, 100, 'c1', strand));
      clock.advance(10);
    }
    const { strands } = feed.frame(frameRequest({}));
    assert.deepEqual(
      strands.map(({ strand }) => strand),
      ['2', '3'],
    );
  });

  const strange: readonly unknown[] = [null, 5, 'x', { run: 'x', upTo: {} }, []];
  for (const value of strange)
    it(`tells everything to a browser that asks with ${JSON.stringify(value)}`, () => {
      const { feed } = watched();
      feed.observe(risk(0, 0.1));
      const asked = { strand: '1', feed: 'run-1', revisions: value, risk: value, trends: value };
      const { detail, sections } = feed.frame(frameRequest(asked));
      assert.deepEqual(detail?.risk?.ensemble, [0.1]);
      assert.ok(sections.settings);
    });

  it('keeps what it was told of a strand, whatever its name', () => {
    const { feed } = watched();
    const strand = '<script>alert(1)</script>';
    feed.observe(reading(0, 100, 'c1', strand));
    feed.observe(reading(0, 100, 'c1', '__proto__'));
    assert.deepEqual(
      feed.frame(frameRequest({})).strands.map(({ strand: name }) => name),
      [strand, '__proto__'],
    );
  });
});
