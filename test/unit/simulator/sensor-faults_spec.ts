import assert from 'node:assert/strict';
import { channels } from '../../../models/simulator/channels.js';
import { drawPlan } from '../../../models/simulator/draw-plan.js';
import { undisturbed } from '../../../models/simulator/plan.js';
import { runCast } from '../../../models/simulator/run.js';
import type { SensorFaultPlan } from '../../../models/simulator/sensor-faults.js';

const calm = undisturbed(drawPlan('train-5-1', 'train'));
const sound = runCast(calm);

describe('sensor faults', () => {
  const rows: readonly [
    name: string,
    fault: SensorFaultPlan,
    check: (faulty: Float64Array, sound: Float64Array) => void,
  ][] = [
    [
      'a stuck sensor repeats its last value',
      { type: 'stuck', id: 'fault-1', channel: 'mold_level', onset: 1000, end: 1200 },
      (faulty, real) => assert.deepEqual(faulty, new Float64Array(200).fill(real[0]!)),
    ],
    [
      'a dropout leaves nothing',
      { type: 'dropout', id: 'fault-1', channel: 'tc_u2', onset: 1000, end: 1060 },
      (faulty) => assert.ok(faulty.every(Number.isNaN)),
    ],
    [
      'spikes hit a few readings, all by the same height',
      { type: 'spike', id: 'fault-1', channel: 'tc_l1', onset: 1000, end: 1300, size: 15 },
      (faulty, real) => {
        const hits = faulty.filter((value, t) => Math.abs(value - real[t]! - 15) < 1e-9).length;
        const same = faulty.filter((value, t) => value === real[t]).length;
        assert.equal(hits + same, 300);
        // 4 % of 300, with 4 deviations.
        assert.ok(hits > 0 && hits < 26, `${hits}`);
      },
    ],
    [
      'a drift grows from nothing to its full size',
      { type: 'drift', id: 'fault-1', channel: 'mold_friction', onset: 1000, end: 1400, size: -3 },
      (faulty, real) => {
        assert.equal(faulty[0], real[0]);
        assert.ok(Math.abs(faulty[399]! - real[399]! + 3) < 1e-9);
      },
    ],
    [
      'a swapped thermocouple shows the other one',
      { type: 'swapped', id: 'fault-1', channel: 'tc_u1', other: 'tc_l4', onset: 1000, end: 1900 },
      (faulty) => assert.deepEqual(faulty, sound.readings.tc_l4.slice(1000, 1900)),
    ],
  ];
  for (const [name, fault, check] of rows)
    it(name, () => {
      const cast = runCast({ ...calm, sensorFaults: [fault] });
      const { onset, end, channel } = fault;
      check(cast.readings[channel].slice(onset, end), sound.readings[channel].slice(onset, end));
      for (const other of channels) {
        if (other !== channel && other !== fault.other)
          assert.deepEqual(cast.readings[other], sound.readings[other]);
        assert.deepEqual(cast.readings[other].slice(0, onset), sound.readings[other].slice(0, onset));
        assert.deepEqual(cast.readings[other].slice(end), sound.readings[other].slice(end));
      }
      assert.deepEqual(
        [cast.labels.sensorFault.indexOf(1), cast.labels.sensorFault.lastIndexOf(1)],
        [onset, end - 1],
      );
      assert.deepEqual(cast.events, sound.events);
    });
});
