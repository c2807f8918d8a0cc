import assert from 'node:assert/strict';
import { castMs } from '../../../nodes/lib/clock.js';
import type { ProcessState } from '../../../nodes/lib/process-state.js';
import { ProcessWatch } from '../../../nodes/feature-extract/process-state/process-watch.js';
import { configWith } from '../../support/config.js';

const SENSORS = ['casting_speed', 'tundish_weight', 'mold_level', 'mold_width'] as const;
type Row = Partial<Record<(typeof SENSORS)[number], number | null>> & { phase?: string };

const configured = (states: object = {}, sensors: readonly string[] = SENSORS) =>
  configWith({
    sensors: sensors.map((name) => ({ name, unit: '', range: [-1000, 10_000] })),
    states,
  });

/** Steady casting; the level swings by 1 mm. */
const CALM = (second: number): Row => ({
  casting_speed: 1.2,
  tundish_weight: 40,
  mold_level: 100 + Math.sin(second),
  mold_width: 1300,
});

interface Span {
  readonly state: ProcessState;
  readonly from: number;
  to: number;
  text: string;
}

interface Scene {
  readonly seconds?: number;
  readonly states?: object;
  readonly sensors?: readonly string[];
}

/** Plays calm casting with what the story changes, and gives the states as spans of seconds. */
function played(
  story: (second: number) => Row,
  { seconds = 1500, states = {}, sensors = SENSORS }: Scene = {},
): Span[] {
  const config = configured(states, sensors);
  const watch = new ProcessWatch(config);
  const spans: Span[] = [];
  for (let second = 0; second <= seconds; second++) {
    const row: Row = { ...CALM(second), ...story(second) };
    const values = Float64Array.from(sensors, (name) => (row[name as keyof Row] as number | null) ?? NaN);
    watch.push(values, castMs(second * 1000), row.phase);
    for (const { state, since, text } of watch.assessment.states) {
      const open = spans.find((span) => span.state === state && span.from === since / 1000);
      if (open === undefined) spans.push({ state, from: second, to: second, text });
      else Object.assign(open, { to: second, text });
    }
  }
  return spans;
}
const shortly = (spans: readonly Span[]): string[] =>
  spans.map(({ state, from, to }) => `${state} ${from}-${to}`);
/** From 1 to 0 and back to 1: `down` at `from`, `up` at `to`, each over `ramp` s. */
const dip = (second: number, from: number, to: number, ramp: number): number =>
  second < to ? Math.max(0, 1 - Math.max(0, second - from) / ramp) : Math.min(1, (second - to) / ramp);

describe('ProcessWatch', () => {
  it('has nothing to say of ordinary casting', () => {
    assert.deepEqual(shortly(played(() => ({}))), []);
  });

  it('knows a start-up by its first speed, and its end by two minutes of steady speed', () => {
    const spans = played((second) => ({ casting_speed: Math.min(1.2, 0.3 + (0.9 * second) / 300) }));
    assert.equal(spans.length, 1);
    const [{ state, from, to, text }] = spans as [Span];
    assert.deepEqual([state, from], ['start-up', 0]);
    assert.ok(to >= 420 && to <= 480, `ends at ${to}`);
    assert.equal(text, 'the cast begins at 0.30 m/min');
  });

  it('takes a strand that it joins at full speed for one in ordinary casting', () => {
    assert.deepEqual(shortly(played(() => ({}), { seconds: 300 })), []);
  });

  it('knows a ladle change by the tundish that empties as fast as the strand takes, and its end', () => {
    const story = (second: number): Row => ({
      tundish_weight: second < 600 ? 40 : second < 750 ? 40 - (second - 600) * 0.045 : 33.25,
    });
    const [span, ...more] = played(story);
    assert.deepEqual(more, []);
    assert.equal(span!.state, 'ladle-change');
    assert.ok(span!.from > 600 && span!.from <= 620, `begins at ${span!.from}`);
    assert.ok(span!.to >= 750 && span!.to <= 780, `ends at ${span!.to}`);
    assert.match(span!.text, /^no inflow: tundish at 39\.\d t falls by \d\.\d t\/min$/);
  });

  it('keeps a ladle change on for as long as it is told to', () => {
    const story = (second: number): Row => ({
      tundish_weight: second < 600 ? 40 : second < 750 ? 40 - (second - 600) * 0.045 : 33.25,
    });
    const [plain] = played(story);
    const [held] = played(story, { states: { ladle_change: { hold: 100 } } });
    assert.ok(Math.abs(held!.to - plain!.to - 100) <= 1);
  });

  it('knows the tail-out by a tundish that is low and falls', () => {
    const spans = played((second) => ({
      tundish_weight: Math.max(2, 40 - Math.max(0, second - 500) * 0.045),
    }));
    const tail = spans.find(({ state }) => state === 'tail-out');
    // 12 t are reached at 1122 s; the mean of 10 s comes there a little later.
    assert.ok(tail!.from >= 1122 && tail!.from <= 1130, `begins at ${tail!.from}`);
    assert.equal(tail!.to, 1500);
  });

  it('knows a speed change while the speed leaves its minute’s mean', () => {
    const spans = played((second) => ({
      casting_speed: second < 700 ? 1.2 : Math.min(1.3, 1.2 + (second - 700) * 0.006),
    }));
    assert.equal(spans.length, 1);
    const [{ state, from, to, text }] = spans as [Span];
    assert.equal(state, 'speed-change');
    assert.ok(from > 700 && from <= 710, `begins at ${from}`);
    assert.ok(to >= 750 && to <= 790, `ends at ${to}`);
    assert.equal(text, 'casting speed rises from 1.20 m/min');
  });

  it('knows a slow-down with its recovery, until two minutes after the speed is back', () => {
    const spans = played((second) => ({ casting_speed: 0.3 + 0.9 * dip(second, 700, 800, 60) }));
    const recovery = spans.filter(({ state }) => state === 'recovery');
    assert.equal(recovery.length, 1);
    assert.ok(recovery[0]!.from > 715 && recovery[0]!.from < 740);
    assert.ok(recovery[0]!.to > 960 && recovery[0]!.to < 990, `ends at ${recovery[0]!.to}`);
  });

  it('takes a lower speed that stays for the usual one in time', () => {
    const spans = played((second) => ({ casting_speed: second < 500 ? 1.2 : 0.7 }), { seconds: 4000 });
    const recovery = spans.filter(({ state }) => state === 'recovery');
    assert.equal(recovery.length, 1);
    assert.ok(recovery[0]!.to < 3000, `ends at ${recovery[0]!.to}`);
  });

  it('knows a level upset by what is usual in this cast', () => {
    const upset = (second: number): Row =>
      second >= 900 && second < 1000 ? { mold_level: 100 + 8 * Math.sin(second) } : {};
    const [span, ...more] = played(upset);
    assert.deepEqual(more, []);
    assert.equal(span!.state, 'level-upset');
    assert.ok(span!.from > 900 && span!.from <= 930 && span!.to >= 1000 && span!.to <= 1065);
  });

  it('names the sensors that give nothing usable, and lets short gaps pass', () => {
    const spans = played((second) => ({
      ...(second >= 300 && second < 302 ? { mold_level: null } : {}),
      ...(second >= 500 && second < 600 ? { mold_level: null } : {}),
      ...(second >= 550 && second < 600 ? { mold_width: null } : {}),
    }));
    assert.deepEqual(shortly(spans), ['sensor-fault 502-599']);
    assert.equal(spans[0]!.text, 'no usable value: mold_level, mold_width');
  });

  describe('width changes', () => {
    const wider = (second: number): Row => ({
      mold_width: 1300 + Math.min(60, Math.max(0, second - 700) * 0.3),
    });
    it('are told from the sensor of the width, where there is one', () => {
      const [span, ...more] = played(wider, { states: { sensors: { width: 'mold_width' } } });
      assert.deepEqual(more, []);
      assert.equal(span!.state, 'width-change');
      assert.ok(span!.from > 700 && span!.from < 715);
      assert.equal(span!.text, 'mold gets wider');
    });
    it('are not guessed where there is none', () => assert.deepEqual(played(wider), []));
    it('are taken from the plant that says so', () => {
      const spans = played((second) => (second >= 700 && second <= 900 ? { phase: 'width-change' } : {}));
      assert.deepEqual(shortly(spans), ['width-change 700-900']);
      assert.equal(spans[0]!.text, 'told by the plant (msg.cast.phase)');
    });
  });

  it('recognises only what it is told to', () => {
    const slowDown = (second: number): Row => ({ casting_speed: 0.3 + 0.9 * dip(second, 700, 800, 60) });
    const spans = played(slowDown, { states: { recognise: ['recovery'] } });
    assert.deepEqual([...new Set(spans.map(({ state }) => state))], ['recovery']);
  });

  it('says nothing on data of another machine', () => {
    const spans = played(() => ({}), {
      sensors: ['pressure', 'temperature'],
      states: {
        recognise: [
          'start-up',
          'tail-out',
          'ladle-change',
          'speed-change',
          'width-change',
          'level-upset',
          'recovery',
        ],
      },
    });
    assert.deepEqual(spans, []);
  });

  it('makes a new assessment only when something changed', () => {
    const watch = new ProcessWatch(configured());
    const values = Float64Array.from(SENSORS, (name) => CALM(0)[name] as number);
    watch.push(values, castMs(0), undefined);
    const before = watch.assessment;
    watch.push(values, castMs(1000), undefined);
    assert.equal(watch.assessment, before);
  });
});
