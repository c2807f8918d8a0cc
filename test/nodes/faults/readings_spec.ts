import assert from 'node:assert/strict';
import type { StrandReport } from '../../../nodes/sensor-buffer/buffer-report.js';
import { errorsOf, undeploy, useNodeRed, useUserDir, type Message } from '../../support/node-harness.js';
import { pipeline, plantReading, saidBy, type Risk } from '../../support/pipeline.js';

const HOUR_S = 3600;
const START_S = 100 * HOUR_S;
const MINUTES_S = 400;

/** Reading of the harmed strand at a second after the start; null: nothing comes; several: all of them, in this order. */
type Harm = (second: number) => Message | readonly Message[] | null;

/** What the strand beside it says, which must not depend on what happens to the harmed one. */
let undisturbed: unknown[] | null = null;

const plant = (strand: string, second: number, change: Message = {}): Message =>
  plantReading(strand, START_S + second, change);
const payloadOf = (second: number): object => plant('', second).payload as object;

/** Plays both strands side by side. @returns what came out, and the buffer's own account of the harmed strand */
async function suffer(harm: Harm) {
  const { send, risks, windows, nodeById } = await pipeline();
  for (let second = 0; second <= MINUTES_S; second++) {
    for (const message of [harm(second) ?? []].flat()) send(message);
    send(plant('beside', second));
  }
  nodeById('buffer').receive({ command: 'status' });
  const events: Message[] = [];
  let answer = await windows.next();
  for (; answer.answer === undefined; answer = await windows.next()) events.push(answer);
  // One more instant on both strands: whatever was under way before it has come out.
  const last = START_S + MINUTES_S + 5;
  send(plantReading('beside', last));
  const said: Risk[] = [];
  const isLast = ({ topic, timestamp }: Risk): boolean => topic === 'beside' && timestamp === 1000 * last;
  while (said.length === 0 || !isLast(said.at(-1)!)) said.push((await risks.next()) as unknown as Risk);
  const ofStrand = (strand: string) => said.filter(({ topic }) => topic === strand);
  return {
    harmed: ofStrand('harmed'),
    beside: ofStrand('beside').map(saidBy),
    events: events.filter(({ topic }) => topic === 'harmed').map(({ payload }) => payload as Message),
    report: (answer.payload as StrandReport[]).find(({ strand }) => strand === 'harmed')!,
  };
}
type Suffered = Awaited<ReturnType<typeof suffer>>;

const secondsOf = ({ harmed }: Suffered): number[] =>
  harmed.map(({ timestamp }) => timestamp / 1000 - START_S);
const everyFive = (from: number, to: number): number[] =>
  Array.from({ length: (to - from) / 5 + 1 }, (_, i) => from + 5 * i);
const riskAt = ({ harmed }: Suffered, second: number): Risk =>
  harmed.find(({ timestamp }) => timestamp === 1000 * (START_S + second))!;

const NO_NUMBERS = {
  'a text': '101.3',
  'an object': {},
  'a list': [101.3],
  true: true,
  'a function': () => 1,
};
const isOut = (second: number): boolean => second >= 100 && second < 300;

const faults: readonly [done: string, holds: string, harm: Harm, check: (came: Suffered) => void][] = [
  [
    'a sensor missing for minutes',
    'the risk goes on at every instant, its confidence falls and comes back, and what is missing is told as missing',
    (s) => plant('harmed', s, isOut(s) ? { payload: { ...payloadOf(s), tc_u1: null } } : {}),
    (came) => {
      assert.deepEqual(secondsOf(came), everyFive(0, MINUTES_S));
      assert.ok(riskAt(came, 95).confidence === 1);
      assert.ok(riskAt(came, 290).confidence! < 0.8);
      assert.ok(riskAt(came, MINUTES_S).confidence! > riskAt(came, 290).confidence!);
      assert.equal(riskAt(came, 290).quality!.tc_u1, 'bad.missing');
      assert.equal(riskAt(came, MINUTES_S).quality!.tc_u1, undefined);
      assert.equal(
        came.report.qualities.tc_u1!['bad.missing'],
        195,
        'all but the 5 s that the last value is held',
      );
    },
  ],
  [
    'a sensor absent from the message for minutes',
    'the same holds as for one that is null',
    (s) => {
      const { tc_u1, ...payload } = payloadOf(s) as Record<string, number>;
      return plant('harmed', s, isOut(s) ? { payload } : { payload: { ...payload, tc_u1 } });
    },
    (came) => {
      assert.deepEqual(secondsOf(came), everyFive(0, MINUTES_S));
      assert.equal(came.report.qualities.tc_u1!['bad.missing'], 195);
    },
  ],
  ...Object.entries({ NaN, Infinity, '-Infinity': -Infinity, ...NO_NUMBERS }).map(
    ([name, value]): [string, string, Harm, (came: Suffered) => void] => [
      `${name} in place of a number`,
      'it counts as missing, is counted, and no risk is NaN',
      (s) => plant('harmed', s, isOut(s) ? { payload: { ...payloadOf(s), mold_level: value } } : {}),
      (came) => {
        assert.deepEqual(secondsOf(came), everyFive(0, MINUTES_S));
        assert.equal(riskAt(came, 200).quality!.mold_level, 'bad.missing');
        assert.equal(came.report.notNumbers.mold_level, 200);
        for (const { payload } of came.harmed)
          assert.ok(payload.probability === null || Number.isFinite(payload.probability));
      },
    ],
  ),
  [
    'nothing at all for minutes',
    'the gap is told with its length, no instant is invented in it, and risks come again afterwards',
    (s) => (isOut(s) ? null : plant('harmed', s)),
    (came) => {
      const gaps = came.events.filter(({ event }) => event === 'gap');
      assert.deepEqual(
        gaps.map(({ seconds }) => seconds),
        [200],
      );
      assert.deepEqual(
        secondsOf(came).filter((second) => second > 165 && second < 300),
        [],
      );
      assert.ok(secondsOf(came).includes(MINUTES_S));
      assert.ok(riskAt(came, 300).confidence! < 1, 'it rests on a window with a hole');
    },
  ],
  [
    'single readings that come an hour late',
    'they are counted and change nothing',
    (s) => (s % 50 === 25 ? [plant('harmed', s), plant('harmed', s - HOUR_S)] : plant('harmed', s)),
    (came) => {
      assert.deepEqual(came.harmed.map(saidBy), undisturbed!.slice(0, came.harmed.length));
      assert.equal(came.report.late, 8);
      assert.deepEqual(came.events, []);
    },
  ],
  [
    'single readings from an hour ahead',
    'they are counted and change nothing',
    (s) => (s % 50 === 25 ? [plant('harmed', s + HOUR_S), plant('harmed', s)] : plant('harmed', s)),
    (came) => {
      assert.deepEqual(came.harmed.map(saidBy), undisturbed!.slice(0, came.harmed.length));
      assert.equal(came.report.future, 8);
    },
  ],
  [
    'a clock that jumps an hour back and forth every minute',
    'each jump is told, no window mixes both times, and risks go on',
    (s) => plant('harmed', s - (Math.floor(s / 60) % 2) * HOUR_S),
    (came) => {
      const restarts = came.events.filter(({ event }) => event === 'restart');
      assert.deepEqual(
        restarts.map(({ reason }) => reason),
        ['clock-back', 'clock-back', 'clock-back'],
      );
      assert.equal(came.report.restarts, 3);
      const seconds = secondsOf(came);
      assert.ok(seconds.filter((second) => second < 0).length > 20);
      assert.ok(seconds.filter((second) => second >= 0).length > 20);
      for (const { payload } of came.harmed) assert.ok(payload.probability !== null);
    },
  ],
  [
    'a clock that stands still',
    'the same instant is not judged twice',
    (s) => plant('harmed', Math.min(s, 100)),
    (came) => {
      assert.deepEqual(secondsOf(came), everyFive(0, 100));
      assert.equal(came.report.duplicate, MINUTES_S - 100);
    },
  ],
  [
    'every reading twenty times over',
    'repetitions are counted and change nothing',
    (s) => Array.from({ length: 20 }, () => plant('harmed', s)),
    (came) => {
      assert.deepEqual(came.harmed.map(saidBy), undisturbed!.slice(0, came.harmed.length));
      assert.equal(came.report.duplicate, 19 * (MINUTES_S + 1));
    },
  ],
];

describe('readings gone wrong', function () {
  this.timeout(60_000);
  useNodeRed();
  useUserDir();

  beforeEach(async () => {
    if (undisturbed !== null) return;
    const came = await suffer((s) => plant('harmed', s));
    assert.deepEqual(secondsOf(came), everyFive(0, MINUTES_S));
    assert.deepEqual(came.harmed.map(saidBy), came.beside.slice(0, -1));
    undisturbed = came.beside;
    await undeploy();
  });

  for (const [done, holds, harm, check] of faults)
    it(`${done}: ${holds}; the strand beside it says what it says anyway`, async () => {
      const came = await suffer(harm);
      assert.deepEqual(came.beside, undisturbed);
      check(came);
      assert.deepEqual(errorsOf(), []);
    });
});
