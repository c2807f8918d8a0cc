import assert from 'node:assert/strict';
import { configWith } from '../../support/config.js';
import { bufferSettings } from '../../../nodes/sensor-buffer/buffer-settings.js';
import { SensorBuffer } from '../../../nodes/sensor-buffer/sensor-buffer-core.js';
import { bufferFor, reading, readingsIn, told } from './readings.js';

type Options = Readonly<Record<string, unknown>>;

describe('SensorBuffer', () => {
  describe('puts readings on a regular time base', () => {
    const rows: readonly [name: string, streaming: Options, story: string, expected: string[]][] = [
      ['lets readings in order pass at once', {}, '1=90 2=91 3=92', ['1:90', '2:91', '3:92']],
      ['moves a reading to the nearest instant', {}, '0.9=90 2.1=91', ['1:90', '2:91']],
      ['keeps to the sample interval', { sample_interval: 5 }, '0=90 5=91 10=92', ['0:90', '5:91', '10:92']],
      ['takes the first of several for an instant', {}, '1=90 1=91 1.2=92 2=93', ['1:90', '2:93']],
      [
        'takes the nearest of several, given time',
        { lateness: 2 },
        '1=90 1.9=91 2.1=80 2=92 2.2=93 3=94 6=95',
        ['1:90', '2:92', '3:94'],
      ],
      [
        'puts late readings in their place',
        { lateness: 2 },
        '1=90 3=92 2=91 4=93',
        ['1:90', '2:91', '3:92', '4:93'],
      ],
      [
        'takes a reading that is late by all that is allowed',
        { lateness: 2 },
        '1=90 2=91 4=93 3=92 7=96',
        ['1:90', '2:91', '3:92', '4:93'],
      ],
      [
        'leaves out a reading that comes too late',
        {},
        '1=90 3=92 2=91 4=93',
        ['1:90', '2:90 uncertain.held', '3:92', '4:93'],
      ],
    ];
    for (const [name, streaming, story, expected] of rows)
      it(name, () => {
        const { accept, told } = bufferFor({}, streaming);
        accept(...readingsIn(story));
        assert.deepEqual(told(), expected);
      });

    it('holds a gap back until no allowed reading can fill it, and nothing longer', () => {
      const { accept, told } = bufferFor({}, { lateness: 2 });
      accept(...readingsIn('1=90 2=91 3=92 4=93'));
      assert.deepEqual(told(), ['1:90', '2:91', '3:92', '4:93']);
      accept(...readingsIn('6=95'));
      assert.equal(told().length, 4);
      accept(...readingsIn('7=96'));
      assert.equal(told().length, 4);
      accept(...readingsIn('8=97'));
      assert.deepEqual(told().slice(4), ['5:93 uncertain.held', '6:95', '7:96', '8:97']);
    });

    it('sends what is held back when it is flushed', () => {
      const { accept, flush, told } = bufferFor({}, { lateness: 5 });
      accept(...readingsIn('1=90 2=91'));
      assert.deepEqual(told(), []);
      flush();
      assert.deepEqual(told(), ['1:90', '2:91']);
    });

    it('puts readings together that come in parts', () => {
      const config = configWith({
        sensors: ['mold_level', 'casting_speed'].map((name) => ({ name, unit: '', range: [0, 200] })),
        streaming: { lateness: 1 },
      });
      const buffer = new SensorBuffer(bufferSettings(config));
      const payloads: unknown[] = [];
      for (const part of [{ mold_level: 100 }, { casting_speed: 1.2 }])
        buffer.accept(reading(1, part), { reading: ({ payload }) => payloads.push(payload) });
      for (const second of [3, 4])
        buffer.accept(reading(second, { mold_level: 1 }), {
          reading: ({ payload }) => payloads.push(payload),
        });
      assert.deepEqual(payloads[0], { mold_level: 100, casting_speed: 1.2 });
    });
  });

  describe('fills gaps as the sensor says', () => {
    const rows: readonly [name: string, sensor: Options, story: string, expected: string[]][] = [
      ['holds the last good value', {}, '1=90 2=- 3=92', ['1:90', '2:90 uncertain.held', '3:92']],
      [
        'holds for max_gap at most',
        { max_gap: 2 },
        '1=90 2=- 3=- 4=- 5=94',
        ['1:90', '2:90 uncertain.held', '3:90 uncertain.held', '4:- bad.missing', '5:94'],
      ],
      ['leaves out what is missing', { gap: 'none' }, '1=90 2=- 3=92', ['1:90', '2:- bad.missing', '3:92']],
      ['has nothing to hold before the first value', {}, '1=- 2=90', ['1:- bad.missing', '2:90']],
      [
        'draws a line over a gap',
        { gap: 'interpolate' },
        '1=90 2=- 3=- 4=96',
        ['1:90', '2:92 uncertain.interpolated', '3:94 uncertain.interpolated', '4:96'],
      ],
      [
        'draws no line over a gap longer than max_gap',
        { gap: 'interpolate', max_gap: 1 },
        '1=90 2=- 3=- 4=96',
        ['1:90', '2:- bad.missing', '3:- bad.missing', '4:96'],
      ],
      ['draws no line to nowhere', { gap: 'interpolate' }, '1=- 2=90 3=-', ['1:- bad.missing', '2:90']],
      [
        'fills instants that no reading fell on',
        {},
        '1=90 4=93',
        ['1:90', '2:90 uncertain.held', '3:90 uncertain.held', '4:93'],
      ],
      [
        'does not fill in for a value that is bad',
        { range: [0, 95] },
        '1=90 2=96 3=92',
        ['1:90', '2:- bad.out-of-range', '3:92'],
      ],
    ];
    for (const [name, sensor, story, expected] of rows)
      it(name, () => {
        const { accept, told } = bufferFor(sensor);
        accept(...readingsIn(story));
        assert.deepEqual(told(), expected);
      });
  });

  describe('takes any input, and invents nothing', () => {
    const rows: readonly [name: string, payload: Options, expected: string][] = [
      ['NaN', { mold_level: NaN }, '1:- bad.missing'],
      ['Infinity', { mold_level: -Infinity }, '1:- bad.missing'],
      ['a text', { mold_level: '101.5' }, '1:- bad.missing'],
      ['true', { mold_level: true }, '1:- bad.missing'],
      ['an object', { mold_level: { value: 3 } }, '1:- bad.missing'],
      ['no value at all', {}, '1:- bad.missing'],
      ['zero', { mold_level: 0 }, '1:0'],
    ];
    for (const [name, payload, expected] of rows)
      it(name, () => {
        const { accept, told } = bufferFor();
        accept(reading(1, payload));
        assert.deepEqual(told(), [expected]);
      });

    it('counts values that are no numbers, and names sensors it does not know', () => {
      const { accept, sent, report } = bufferFor();
      accept(reading(1, { mold_level: 'hot', powder: 3 }), reading(2, { mold_level: 90, powder: 4 }));
      assert.deepEqual(report().notNumbers, { mold_level: 1 });
      assert.deepEqual(report().unknownSensors, ['powder']);
      assert.deepEqual(Object.keys(sent[1]!.payload), ['mold_level']);
    });

    it('survives a burst of NaN and holds no longer than it may', () => {
      const { accept, told } = bufferFor({ max_gap: 1 });
      accept(reading(1, { mold_level: 90 }));
      for (let second = 2; second < 100; second++) accept(reading(second, { mold_level: NaN }));
      accept(reading(100, { mold_level: 91 }));
      assert.deepEqual(told().slice(0, 3), ['1:90', '2:90 uncertain.held', '3:- bad.missing']);
      assert.equal(told().at(-1), '100:91');
    });

    it('believes a source that says its value is bad', () => {
      const { accept, told } = bufferFor();
      accept({ ...reading(1), quality: { mold_level: 'bad.stuck' } });
      accept({ ...reading(2), quality: { mold_level: 'uncertain.spike' } });
      assert.deepEqual(told(), ['1:- bad.stuck', '2:102 uncertain.spike']);
    });

    it('says the same of readings that have been through a buffer before', () => {
      const once = bufferFor({ range: [0, 95] });
      once.accept(...readingsIn('1=90 2=96 3=- 4=92 7=93'));
      const twice = bufferFor({ range: [0, 95] });
      twice.accept(...once.sent.map((message) => ({ ...message })));
      assert.deepEqual(twice.told(), once.told());
    });
  });

  describe('keeps its clock', () => {
    it('drops a single reading from far in the future', () => {
      const { accept, told, report } = bufferFor();
      accept(...readingsIn('1=90 2=91 99999=50 3=92'));
      assert.deepEqual(told(), ['1:90', '2:91', '3:92']);
      assert.equal(report().future, 1);
    });

    it('drops single readings from the past', () => {
      const { accept, told, report } = bufferFor();
      accept(...readingsIn('10=90 11=91 3=50 12=92 4=50 13=93'));
      assert.deepEqual(told(), ['10:90', '11:91', '12:92', '13:93']);
      assert.equal(report().late, 2);
    });

    it('starts afresh when the clock goes back for good, loses nothing, and tells', () => {
      const { accept, told, events, buffer } = bufferFor();
      accept(...readingsIn('100=90 101=91 50=70 51=71 52=72 53=73'));
      assert.deepEqual(told(), ['100:90', '101:91', '50:70', '51:71', '52:72', '53:73']);
      assert.deepEqual(events, [{ event: 'restart', reason: 'clock-back', from: 101_000, to: 50_000 }]);
      assert.equal(buffer.window('s1')!.length, 4);
    });

    it('goes on after an outage, tells of it, and does not fill it without end', () => {
      const { accept, told, events } = bufferFor();
      accept(...readingsIn('1=90 86400=91 86401=92 86402=93'));
      assert.deepEqual(told().slice(-3), ['86400:91', '86401:92', '86402:93']);
      assert.equal(told().length, 1 + 60 + 3);
      assert.deepEqual(events, [
        { event: 'gap', from: 2000, to: 86_399_000, seconds: 86_398, passedOver: 86_338 },
      ]);
    });

    it('starts afresh with another cast, at once', () => {
      const { accept, told, events, sent } = bufferFor({}, { lateness: 3 });
      accept(reading(10, { mold_level: 90 }), reading(12, { mold_level: 91 }));
      accept(
        reading(0, { mold_level: 70 }, { castId: 'c2' }),
        reading(4, { mold_level: 71 }, { castId: 'c2' }),
      );
      assert.deepEqual(told().slice(0, 4), ['10:90', '11:90 uncertain.held', '12:91', '0:70']);
      assert.deepEqual(sent.map(({ cast }) => cast.castId).slice(0, 4), ['c1', 'c1', 'c1', 'c2']);
      assert.deepEqual(
        events.map(({ event }) => event),
        ['gap', 'restart'],
      );
    });

    it('is not thrown off by a straggler of the cast before', () => {
      const { accept, report } = bufferFor({}, { lateness: 2 });
      accept(
        reading(10),
        reading(11),
        reading(0, {}, { castId: 'c2' }),
        reading(10.5),
        reading(1, {}, { castId: 'c2' }),
      );
      assert.equal(report().restarts, 1);
      assert.equal(report().late, 1);
    });

    it('counts elapsed time on where no reading says it', () => {
      const { accept, sent } = bufferFor();
      accept(reading(5), reading(8));
      assert.deepEqual(
        sent.map(({ cast }) => cast.elapsed),
        [5, 6, 7, 8],
      );
    });
  });

  describe('keeps strands apart, and not too many', () => {
    it('refuses one strand too many, and tells what to do', () => {
      const { accept } = bufferFor({}, { max_strands: 2 });
      accept(reading(1, {}, { strand: 's1' }), reading(1, {}, { strand: 's2' }));
      assert.throws(() => accept(reading(1, {}, { strand: 's3' })), { code: 'STRAND_LIMIT' });
    });

    it('forgets a strand that has been idle while others went on', () => {
      const { accept, buffer } = bufferFor({}, { max_strands: 2, idle_timeout: 60 });
      accept(reading(1, {}, { strand: 's1' }), reading(1, {}, { strand: 's2' }));
      for (let second = 2; second < 130; second++) accept(reading(second, {}, { strand: 's2' }));
      assert.deepEqual(buffer.strandIds, ['s2']);
      accept(reading(1, {}, { strand: 's3' }));
    });

    it('keeps strands whose casts lie years apart', () => {
      const { accept, buffer } = bufferFor({}, { max_strands: 2, idle_timeout: 60 });
      const years = 3600 * 24 * 1000;
      for (let second = 0; second < 200; second++)
        accept(reading(second, {}, { strand: 's1' }), reading(years + second, {}, { strand: 's2' }));
      assert.deepEqual(buffer.strandIds, ['s1', 's2']);
    });
  });

  it('hands out the latest reading and the window as copies', () => {
    const { accept, buffer } = bufferFor({}, { buffer_duration: 3 });
    accept(...readingsIn('1=90 2=91 3=92 4=93'));
    const window = buffer.window('s1')!;
    assert.deepEqual([...window.timestamps], [2000, 3000, 4000]);
    assert.deepEqual([...window.values], [91, 92, 93]);
    window.values.fill(0);
    assert.deepEqual([...buffer.window('s1')!.values], [91, 92, 93]);
    assert.equal(told(buffer.latest('s1')!), '4:93');
    assert.equal(buffer.window('s9'), null);
  });

  it('sends the window at every interval of cast time, on a grid aligned to the epoch', () => {
    const config = configWith({});
    const buffer = new SensorBuffer(bufferSettings(config, { windowInterval: 10 }));
    const at: number[] = [];
    for (let second = 7; second < 35; second++)
      buffer.accept(reading(second), {
        reading: () => undefined,
        window: ({ timestamp }) => at.push(timestamp / 1000),
      });
    assert.deepEqual(at, [10, 20, 30]);
  });

  it('counts qualities per sensor and what passed the checkpoints', () => {
    const { accept, report } = bufferFor(
      {},
      {
        checkpoints: [
          { name: 'there', check: 'present' },
          { name: 'all good', check: 'fraction-good', at_least: 1 },
          { name: 'level', check: 'plausible', expect: { mold_level: [91, 95] } },
        ],
      },
    );
    accept(...readingsIn('1=90 2=- 3=92 4=- 5=- 6=- 7=- 8=- 9=-'));
    assert.deepEqual(report().qualities, { mold_level: { good: 2, 'uncertain.held': 6, 'bad.missing': 1 } });
    assert.deepEqual(report().checkpoints, {
      there: { passed: 8, failed: 1 },
      'all good': { passed: 2, failed: 7 },
      level: { passed: 7, failed: 2 },
    });
  });
});
