import { BaselineMean } from '../../lib/statistics/baseline-mean.js';
import { LEAST_SPEED, type PhysicsDefinition, type Process } from './physics.js';
import { RollingMean } from '../../lib/statistics/rolling-mean.js';

interface Departure {
  readonly name: string;
  readonly sensor: (process: Process) => string;
  /** What the sensor does by itself when the speed changes. */
  readonly usual: (speed: number) => number;
  readonly law: string;
  readonly shortS: number;
  readonly slowS: number;
  readonly sign: 1 | -1;
  readonly source: string;
}

const DEPARTURES: readonly Departure[] = [
  {
    name: 'stopper_drift',
    sensor: ({ signals }) => signals.stopper,
    usual: (speed) => speed,
    law: 'speed',
    shortS: 60,
    slowS: 1200,
    sign: 1,
    source: 'ISIJ International 62 (2022) 2311: clogging of the SEN opens the stopper',
  },
  {
    name: 'spray_deficit_1',
    sensor: ({ signals }) => signals.spray[0],
    usual: (speed) => speed,
    law: 'speed',
    shortS: 20,
    slowS: 900,
    sign: -1,
    source: 'caster specification 3 and 9: set point of zone 1 follows the speed',
  },
  {
    name: 'spray_deficit_2',
    sensor: ({ signals }) => signals.spray[1],
    usual: (speed) => speed ** 0.9,
    law: 'speed^0.9',
    shortS: 20,
    slowS: 900,
    sign: -1,
    source: 'caster specification 3 and 9: set point of zone 2 follows speed^0.9',
  },
  {
    name: 'friction_excess',
    sensor: ({ signals }) => signals.friction,
    usual: (speed) => 1 + 0.35 * (speed - 1.1),
    law: '(1 + 0.35 (speed - 1.1))',
    shortS: 10,
    slowS: 600,
    sign: 1,
    source: 'caster specification 3 and 9: friction against its slow mean, corrected for speed',
  },
];

/** Signals that follow the speed, as their relative departure from their own slow level once the speed is divided out. */
export const slowDepartures: readonly PhysicsDefinition[] = DEPARTURES.map((departure) => ({
  needs: (process) => [departure.sensor(process), process.signals.speed],

  series(process) {
    const ratio = `${departure.sensor(process)} / ${departure.law}`;
    const relative = `m${departure.shortS}(${ratio}) / usual${departure.slowS}(${ratio})`;
    return [
      {
        name: departure.name,
        unit: '1',
        formula: departure.sign > 0 ? `${relative} - 1` : `1 - ${relative}`,
        source: departure.source,
        statistics: { last: [10], mean: [60, 300], min: [120], max: [120], slope: [60] },
      },
    ];
  },

  create(process, { indexOf, samples }) {
    const sensor = indexOf(departure.sensor(process));
    const speed = indexOf(process.signals.speed);
    const short = new RollingMean(samples(departure.shortS));
    const slow = new BaselineMean(samples(departure.slowS));
    return {
      update({ values }, out, at) {
        const ratio = values[sensor]! / departure.usual(Math.max(values[speed]!, LEAST_SPEED));
        slow.push(ratio);
        out[at] = departure.sign * (short.push(ratio) / slow.value - 1);
      },
    };
  },
}));
