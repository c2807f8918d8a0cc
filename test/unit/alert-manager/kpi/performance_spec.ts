import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { AlarmEvent, AlarmRecord } from '../../../../nodes/lib/alarm.js';
import { wallMs } from '../../../../nodes/lib/clock.js';
import { performanceSchema } from '../../../../nodes/lib/config/performance.js';
import { AlarmDesk } from '../../../../nodes/alert-manager/alarm-desk.js';
import { MinuteCounts } from '../../../../nodes/alert-manager/kpi/minute-counts.js';
import { Performance, type Counted } from '../../../../nodes/alert-manager/kpi/performance.js';
import { evidence, SETTINGS, WALL } from '../story.js';

const MINUTE = 60_000;
const DAY = 86_400_000;
const T0 = Math.ceil(WALL / DAY) * DAY;
const at = (ms: number) => wallMs(T0 + ms);
const limits = performanceSchema.parse({});
const RECORD: AlarmRecord = new AlarmDesk().assess(evidence(0, 0.9), WALL, SETTINGS)[0]!.record;

const counted = (event: AlarmEvent, ms: number, change: Partial<AlarmRecord> = {}): Counted => {
  const wallTimes = { ...RECORD.wallTimes, raised: at(ms) };
  return { event, record: { ...RECORD, wallTimes, ...change }, at: { wall: at(ms) } };
};
const raised = (ms: number, change: Partial<AlarmRecord> = {}): Counted => counted('raised', ms, change);
const started = (given: object = {}, earlier: readonly AlarmRecord[] = []): Performance =>
  new Performance(performanceSchema.parse(given), earlier, at(0));

describe('the performance of the alarms', () => {
  it('is the rate per 10 minutes against the two figures of the standard', () => {
    const rows: readonly [alarms: number, verdict: string][] = [
      [6, 'acceptable'],
      [12, 'manageable'],
      [13, 'overloaded'],
    ];
    for (const [alarms, verdict] of rows) {
      const performance = started();
      // Spread over the hour, so that none of it is a flood.
      for (let i = 0; i < alarms; i++) performance.hear([raised(Math.floor((i * 60) / alarms) * MINUTE)]);
      const { rate, flood } = performance.kpis([], at(59 * MINUTE)).positions[0]!;
      assert.equal(rate.averagePer10Min, alarms / 6);
      assert.equal(rate.verdict, verdict);
      assert.equal(rate.lastHours.at(-1), alarms);
      assert.equal(flood.count, 0);
    }
  });

  it('is in a flood from 10 alarms in 10 minutes until there are fewer than 5', () => {
    const performance = started();
    for (let i = 0; i < 9; i++) performance.hear([raised(i * 1000)]);
    assert.equal(performance.kpis([], at(9000)).positions[0]!.flood.isNow, false);
    performance.hear([raised(10_000)]);
    assert.equal(performance.kpis([], at(10_000)).positions[0]!.flood.isNow, true);
    assert.equal(performance.kpis([], at(9 * MINUTE)).positions[0]!.flood.isNow, true);
    const { flood, rate } = performance.kpis([], at(99 * MINUTE)).positions[0]!;
    assert.deepEqual(flood, { isNow: false, count: 1, share: 0.1, isWithin: false });
    assert.equal(rate.peakPer10Min, 10);
    assert.equal(rate.last10Min, 0);
  });

  it('names the ten that are heard most, and what share of all they are', () => {
    const performance = started();
    for (let strand = 1; strand <= 12; strand++)
      for (let i = 0; i < strand; i++) performance.hear([raised(i * MINUTE, { strand: String(strand) })]);
    const { topTen, alarms } = performance.kpis([], at(DAY / 2)).positions[0]!;
    assert.equal(alarms, 78);
    assert.deepEqual(topTen.actors[0], { strand: '12', rule: RECORD.rule, alarms: 12, share: 12 / 78 });
    assert.equal(topTen.actors.length, 10);
    assert.ok(Math.abs(topTen.share - 75 / 78) < 1e-12);
    assert.equal(topTen.isWithin, false);
  });

  it('tells standing and stale alarms, oldest first', () => {
    const open = [1, 30, 48].map((hours) => ({
      ...RECORD,
      id: `${hours} h`,
      wallTimes: { ...RECORD.wallTimes, raised: at(-hours * 3_600_000) },
    }));
    const { standing } = started().kpis(open, at(0)).positions[0]!;
    assert.equal(standing.active, 3);
    assert.equal(standing.unacknowledged, 3);
    assert.deepEqual(
      standing.stale.map(({ id }) => id),
      ['48 h', '30 h'],
    );
    assert.equal(standing.stale[0]!.ageS, 48 * 3600);
  });

  it('gives each operator position its own figures', () => {
    const performance = started({ positions: [{ name: 'east', strands: ['1'] }, { name: 'all' }] });
    performance.hear([raised(0), raised(0, { strand: '2' })]);
    const { positions } = performance.kpis([], at(MINUTE));
    assert.deepEqual(
      positions.map(({ position, alarms }) => [position, alarms]),
      [
        ['east', 1],
        ['all', 2],
      ],
    );
  });

  it('shows how priorities are spread, chattering and fleeting ones, and how long acknowledging takes', () => {
    const performance = started();
    for (let i = 0; i < 3; i++) {
      performance.hear([raised(i * 10_000, { priority: 'low' })]);
      performance.hear([counted('returned-to-normal', i * 10_000 + 5000, { fleeting: true })]);
    }
    performance.hear([raised(30_000, { strand: '2', priority: 'urgent' })]);
    const wallTimes = { ...RECORD.wallTimes, raised: at(30_000) };
    performance.hear([counted('acknowledged', 40_000, { strand: '2', wallTimes })]);
    const kpis = performance.kpis([], at(45_000)).positions[0]!;
    assert.deepEqual(
      kpis.priorities.map(({ priority, share, target }) => [priority, share, target]),
      [
        ['low', 0.75, 0.8],
        ['medium', 0, 0.15],
        ['high', 0, 0.05],
        ['urgent', 0.25, 0.01],
      ],
    );
    assert.deepEqual(kpis.chattering, [{ strand: '1', rule: RECORD.rule, perMinute: 3 }]);
    assert.deepEqual(kpis.fleeting, [{ strand: '1', rule: RECORD.rule, times: 3 }]);
    assert.equal(kpis.meanAcknowledgeS, 10);
    assert.deepEqual(performance.kpis([], at(3 * MINUTE)).positions[0]!.chattering, []);
  });

  it('does not count what is raised off the list, such as a shelved alarm', () => {
    const performance = started();
    const outOfService = { by: 'Ann', comment: 'valve changed' };
    performance.hear([raised(0, { outOfService })]);
    assert.equal(performance.kpis([], at(0)).positions[0]!.alarms, 0);
  });

  it('counts what an earlier run left in the journal', () => {
    const earlier = [1, 2].map((hours) => raised(-hours * 3_600_000).record);
    const kpis = started({}, earlier).kpis([], at(0));
    assert.equal(kpis.positions[0]!.alarms, 2);
    assert.equal(kpis.since, at(-2 * 3_600_000));
    assert.equal(kpis.observedS, 7200);
  });

  it('forgets what is older than its period', () => {
    const performance = started({ period: 2 });
    performance.hear([raised(0)]);
    assert.equal(performance.kpis([], at(5 * DAY)).positions[0]!.alarms, 0);
    assert.equal(performance.kpis([], at(5 * DAY)).observedS, 2 * 86_400);
  });
});

describe('the counts by the minute', () => {
  it('agree with counting anew, whatever the pace', () => {
    const story = fc.array(fc.integer({ min: 0, max: 240_000 }), { maxLength: 80 });
    fc.assert(
      fc.property(story, (waits) => {
        const counts = new MinuteCounts(1, { begin: limits.flood_begin, end: limits.flood_end });
        const minutes: number[] = [];
        let now = T0;
        for (const wait of waits) {
          now += wait;
          counts.add(wallMs(now));
          minutes.push(Math.floor(now / MINUTE));
        }
        const last = minutes.at(-1) ?? 0;
        const within = (end: number): number =>
          minutes.filter((minute) => minute <= end && minute > end - 10).length;
        assert.equal(counts.sum(10), waits.length === 0 ? 0 : within(last));
        assert.equal(counts.peak(), Math.max(0, ...minutes.map(within)));
      }),
    );
  });
});
