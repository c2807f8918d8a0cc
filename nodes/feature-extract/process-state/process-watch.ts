import type { CastMs } from '../../lib/clock.js';
import type { StrandWatchConfig } from '../../lib/config/schema.js';
import type { ActiveState, ProcessAssessment, ProcessState } from '../../lib/process-state.js';
import { CastingMotion } from './casting-motion.js';
import { LadleChange } from './ladle-change.js';
import { LevelUpset } from './level-upset.js';
import { Recovery } from './recovery.js';
import { valueOf, type Now, type Recogniser } from './recogniser.js';
import { SensorFault } from './sensor-fault.js';
import { SpeedChange } from './speed-change.js';
import { StartUp } from './start-up.js';
import { TailOut } from './tail-out.js';
import { TundishBalance } from './tundish-balance.js';
import { WidthChange } from './width-change.js';

const NOTHING: ProcessAssessment = Object.freeze({ states: Object.freeze([]) });

/** What is looked at when the configuration doesn't say. */
const USUAL_SENSORS = {
  speed: 'casting_speed',
  tundish_weight: 'tundish_weight',
  level: 'mold_level',
} as const;

/**
 * The process states of one strand's cast, on cast time, from the readings as they come. A state whose sensor is not there is
 * never recognised; `msg.cast.phase`, where the plant gives it, adds its own word.
 * Cost: O(1) per second; a new assessment is made only when something changed.
 */
export class ProcessWatch {
  assessment: ProcessAssessment = NOTHING;
  private readonly motion: CastingMotion;
  private readonly tundish: TundishBalance;
  private readonly startUp: StartUp;
  private readonly recognisers: readonly Recogniser[];
  private readonly now: { values: Float64Array; phase: string | undefined } & Now;
  private readonly speed: number;
  private readonly weight: number;
  /** Per recogniser: whether its state held, and the text it was told with. */
  private readonly held: Uint8Array;
  private readonly told: Float64Array;

  constructor({ states, sensors, streaming }: StrandWatchConfig) {
    const sampleS = streaming.sample_interval;
    const samples = (seconds: number): number => Math.max(1, Math.round(seconds / sampleS));
    const names = sensors.map(({ name }) => name);
    const { speed, tundish_weight, level, width } = { ...USUAL_SENSORS, ...given(states.sensors) };
    this.speed = names.indexOf(speed);
    this.weight = names.indexOf(tundish_weight);
    this.now = { values: new Float64Array(names.length), phase: undefined };
    const motion = (this.motion = new CastingMotion(samples));
    const tundish = (this.tundish = new TundishBalance(samples, sampleS));
    const startUp = (this.startUp = new StartUp(motion, states.start_up, sampleS));
    const isStarting = (): boolean => startUp.holds;
    // In the order of PROCESS_STATES.
    this.recognisers = [
      startUp,
      new TailOut(tundish, states.tail_out.weight),
      new LadleChange(tundish, motion, states.ladle_change, sampleS),
      new SpeedChange(motion, states.speed_change.by, isStarting),
      new WidthChange(width === undefined ? -1 : names.indexOf(width), states.width_change.by, samples),
      new LevelUpset(names.indexOf(level), states.level_upset, samples, sampleS, isStarting),
      new Recovery(motion, states.recovery, sampleS, isStarting),
      new SensorFault(names, states.sensor_fault.after, sampleS),
    ];
    this.wanted = this.recognisers.map(({ state }) => states.recognise.includes(state));
    this.held = new Uint8Array(this.recognisers.length);
    this.told = new Float64Array(this.recognisers.length);
  }

  private readonly wanted: readonly boolean[];

  /** Takes in one second. @param values in the order of the sensors, NaN where missing; @param phase `msg.cast.phase` */
  push(values: Float64Array, at: CastMs, phase: string | undefined): void {
    this.now.values = values;
    this.now.phase = phase;
    this.motion.update(valueOf(this.now, this.speed), !this.startUp.holds);
    this.tundish.update(valueOf(this.now, this.weight));
    let hasChanged = false;
    for (let i = 0; i < this.recognisers.length; i++) {
      const recogniser = this.recognisers[i]!;
      const holds = (recogniser.update(this.now) || phase === recogniser.state) && this.wanted[i]! ? 1 : 0;
      const changes = recogniser.changes ?? 0;
      if (holds !== this.held[i] || (holds === 1 && changes !== this.told[i])) hasChanged = true;
      this.held[i] = holds;
      this.told[i] = changes;
    }
    if (hasChanged) this.assessment = this.assess(at, phase);
  }

  private assess(at: CastMs, phase: string | undefined): ProcessAssessment {
    const before = new Map<ProcessState, ActiveState>(
      this.assessment.states.map((active) => [active.state, active]),
    );
    const states = this.recognisers.flatMap((recogniser, i): ActiveState[] => {
      if (this.held[i] === 0) return [];
      const { state } = recogniser;
      const known = before.get(state);
      if (known !== undefined && recogniser.changes === undefined) return [known];
      const text = phase === state ? 'told by the plant (msg.cast.phase)' : recogniser.text();
      return [{ state, since: known?.since ?? at, text }];
    });
    return states.length === 0 ? NOTHING : { states };
  }
}

/** Only what was given: `undefined` must not hide what is usual. */
const given = <T extends object>(sensors: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } =>
  Object.fromEntries(Object.entries(sensors).filter(([, name]) => name !== undefined)) as never;
