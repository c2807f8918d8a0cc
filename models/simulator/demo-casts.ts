import type { CastHeading } from './cast-record.js';
import type { GradeName } from './grades.js';
import type { EventPlan } from './mechanisms/mechanism.js';
import type { CastPlan, LadleChange } from './plan.js';
import type { SensorFaultPlan } from './sensor-faults.js';
import { splitProfiles } from './splits.js';

/** One cast of the demo set: what is scripted. Everything else is the simulator's own. */
interface Scenario {
  readonly id: string;
  readonly title: string;
  readonly scenario: string;
  readonly strand?: string;
  /** s */
  readonly duration: number;
  readonly grade: GradeName;
  readonly mold: number;
  /** m/min */
  readonly speed: number;
  /** K */
  readonly superheat: number;
  readonly speedSteps?: CastPlan['speedSteps'];
  readonly ladles?: readonly LadleChange[];
  readonly events?: readonly EventPlan[];
  readonly sensorFaults?: readonly SensorFaultPlan[];
  /** The scenario that runs on another strand at the same time. */
  readonly startsWith?: string;
}

/** Events are of median to high severity and come 15 to 25 min into the cast: within 25 s at sixtyfold speed. */
const scenarios: readonly Scenario[] = [
  {
    id: 'normal',
    title: 'Normal cast with a ladle change',
    scenario: 'normal',
    duration: 1800,
    grade: 'low_c',
    mold: 3,
    speed: 1.3,
    superheat: 26,
    speedSteps: [{ time: 1350, by: 0.06 }],
    ladles: [{ time: 820, closedFor: 150, slowBy: 0.05, superheatStep: 5 }],
  },
  {
    id: 'sticker',
    title: 'Sticker, caught by slowing down',
    scenario: 'sticker',
    duration: 1800,
    grade: 'high_c',
    mold: 2,
    speed: 1.02,
    superheat: 20,
    speedSteps: [{ time: 1020, by: 0.1 }],
    events: [
      {
        type: 'sticker',
        id: 'sticker-1',
        onset: 1080,
        amplitude: 24,
        x: -0.16,
        ratio: 0.72,
        sidewaysLag: 0.45,
        reach: 420,
        friction: 0.2,
        breakout: false,
        recovery: 90,
      },
    ],
  },
  {
    id: 'clogging',
    title: 'Clogging nozzle that sheds: slag entrainment',
    scenario: 'clogging',
    duration: 1800,
    grade: 'low_c',
    mold: 5,
    speed: 1.34,
    superheat: 25,
    events: [
      {
        type: 'slag_entrainment',
        id: 'slag_entrainment-1',
        onset: 1260,
        amplitude: 0.18,
        duration: 200,
        clogging: 620,
        releases: [
          { after: 0, size: 0.75 },
          { after: 52, size: 0.7 },
          { after: 118, size: 0.85 },
        ],
        asymmetry: 0.8,
        caughtAfter: 55,
      },
    ],
  },
  {
    id: 'cooling-fault',
    title: 'Spray zone 2 loses water: risk of transverse cracks',
    scenario: 'cooling fault',
    duration: 1800,
    grade: 'peritectic',
    mold: 6,
    speed: 1.15,
    superheat: 24,
    events: [
      {
        type: 'cooling_crack',
        id: 'cooling_crack-1',
        onset: 1020,
        amplitude: 0.32,
        duration: 260,
        zone: 1,
        sign: 1,
        visible: 0.9,
        up: 35,
      },
    ],
  },
  {
    id: 'crack',
    title: 'Longitudinal crack at column 2',
    scenario: 'longitudinal crack',
    duration: 1700,
    grade: 'peritectic',
    mold: 1,
    speed: 1.17,
    superheat: 25,
    events: [
      {
        type: 'long_crack',
        id: 'long_crack-1',
        onset: 1100,
        amplitude: 14,
        duration: 240,
        column: 1,
        up: 30,
        lowerShare: 0.8,
        unsteadiness: 0.3,
      },
    ],
  },
  {
    id: 'sensor-fault',
    title: 'Sound cast, faulty sensors: drop-out, stuck level, spikes',
    scenario: 'sensor fault',
    duration: 1800,
    grade: 'low_c',
    mold: 4,
    speed: 1.32,
    superheat: 25,
    sensorFaults: [
      { type: 'dropout', id: 'fault-1', channel: 'tc_l3', onset: 840, end: 930 },
      { type: 'stuck', id: 'fault-2', channel: 'mold_level', onset: 1060, end: 1220 },
      { type: 'spike', id: 'fault-3', channel: 'tc_u2', onset: 1360, end: 1560, size: 16 },
    ],
  },
  {
    id: 'two-strands-1',
    title: 'Two strands, strand 1: oscillation fault',
    scenario: 'two strands',
    strand: '1',
    duration: 1800,
    grade: 'low_c',
    mold: 7,
    speed: 1.31,
    superheat: 25,
    events: [
      {
        type: 'oscillation',
        id: 'oscillation-1',
        onset: 960,
        amplitude: 0.32,
        duration: 260,
        fault: 'stroke',
        up: 25,
        jitter: 0.8,
      },
    ],
  },
  {
    id: 'two-strands-2',
    title: 'Two strands, strand 2: sticker',
    scenario: 'two strands',
    strand: '2',
    duration: 1800,
    grade: 'low_c',
    mold: 8,
    speed: 1.36,
    superheat: 25,
    startsWith: 'two-strands-1',
    events: [
      {
        type: 'sticker',
        id: 'sticker-1',
        onset: 1200,
        amplitude: 23,
        x: 0.2,
        ratio: 0.68,
        sidewaysLag: 0.5,
        reach: 420,
        friction: 0.18,
        breakout: false,
        recovery: 80,
      },
    ],
  },
];

export const demoCastCount = scenarios.length;

const FIRST_START = Date.UTC(2026, 2, 2, 6);
const APART = 60 * 60 * 1000; // ms

/** The demo cast of that number. Another seed gives the same story with other noise. */
export function demoCast(seed: number, index: number): { plan: CastPlan; heading: CastHeading } {
  const scenario = scenarios[index]!;
  const turn = scenarios.findIndex(({ id }) => id === (scenario.startsWith ?? scenario.id));
  const plan: CastPlan = {
    seed: `demo-${seed}-${scenario.id}`,
    split: 'demo',
    conditions: splitProfiles.demo.conditions,
    duration: scenario.duration,
    grade: scenario.grade,
    mold: scenario.mold,
    width: 1.3,
    thickness: 0.22,
    speedSetpoint: scenario.speed,
    rampUp: 240,
    speedSteps: scenario.speedSteps ?? [],
    superheat: scenario.superheat,
    ladles: scenario.ladles ?? [],
    gradeChange: false,
    segregationBias: 0,
    events: scenario.events ?? [],
    hardNegatives: [],
    sensorFaults: scenario.sensorFaults ?? [],
  };
  const heading: CastHeading = {
    id: scenario.id,
    title: scenario.title,
    scenario: scenario.scenario,
    strand: scenario.strand ?? '1',
    heat: `H${String(26030 + turn)}`,
    start: new Date(FIRST_START + turn * APART).toISOString(),
  };
  return { plan, heading };
}
