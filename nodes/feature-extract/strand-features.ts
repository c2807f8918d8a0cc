import { BaselineMeans } from '../lib/statistics/baseline-means.js';
import { BlockSums } from '../lib/statistics/block-sums.js';
import { RollingCorrelation } from '../lib/statistics/rolling-correlation.js';
import { SeriesHistory } from '../lib/statistics/series-history.js';
import { historyFor, sumsNeeded, WindowStatistics } from '../lib/statistics/window-statistics.js';
import { numberOrNull, type FeatureVector, type Sequence } from '../lib/messages.js';
import { GRADE_VALUES, type GradeConfig } from '../lib/config/process.js';
import type { FeaturePlan, SeriesPlan } from './feature-plan.js';
import type { PhysicsInput, PhysicsPart } from './physics/physics.js';
import { SequenceRing } from './sequence-ring.js';

/**
 * Everything that is computed of one cast of one strand. All memory is taken in the constructor; a sample costs the number of
 * series and windows, whatever the windows' length.
 */
export class StrandFeatures {
  /** Series in the plan's order, then the grade's values. */
  private readonly values: Float64Array;
  private readonly histories: SeriesHistory[];
  private readonly baselines: BaselineMeans;
  private readonly windows: WindowStatistics[][];
  /** Those that must be told of every sample. */
  private readonly pushed: readonly WindowStatistics[];
  private readonly pairs: RollingCorrelation[];
  private readonly physics: readonly PhysicsPart[];
  private readonly input: { -readonly [Key in keyof PhysicsInput]: PhysicsInput[Key] };
  private readonly sequence: SequenceRing;
  private readonly row: Float64Array;

  constructor(private readonly plan: FeaturePlan) {
    const { series, pairs, physics, process } = plan;
    this.values = new Float64Array(series.length + GRADE_VALUES.length).fill(NaN);
    const reach = series.map(({ windows }) => Math.max(1, ...windows.map(({ samples }) => samples)));
    for (const { x, y, samples } of pairs) {
      reach[x] = Math.max(reach[x]!, samples);
      reach[y] = Math.max(reach[y]!, samples);
    }
    this.histories = reach.map((samples) => new SeriesHistory(historyFor(samples)));
    this.baselines = new BaselineMeans(series.length, plan.baselineSamples);
    this.windows = series.map((one, index) => this.windowsOf(one, index));
    this.pushed = this.windows.flat().filter(({ isPushed }) => isPushed);
    this.pairs = pairs.map(
      ({ x, y, samples }) => new RollingCorrelation(this.histories[x]!, this.histories[y]!, samples),
    );
    const sampleS = plan.sampleMs / 1000;
    const scale = {
      indexOf: (sensor: string) => plan.sensors.indexOf(sensor),
      samples: (seconds: number) => Math.max(1, Math.round(seconds / sampleS)),
      sampleS,
      sensors: plan.config.sensors,
    };
    this.physics = physics.map(({ definition }) => definition.create(process!, scale));
    this.input = { values: this.values, usual: this.baselines.values, grade: null };
    const { length, stepSamples } = plan.sequence;
    this.sequence = new SequenceRing(
      plan.channels.map(({ name }) => name),
      length,
      stepSamples,
    );
    this.row = new Float64Array(plan.channels.length);
  }

  /** The windows of one series share the sums of its blocks. */
  private windowsOf({ windows, normal }: SeriesPlan, index: number): WindowStatistics[] {
    const history = this.histories[index]!;
    const kept = sumsNeeded(windows.flatMap(({ statistics }) => statistics));
    const longest = Math.max(0, ...windows.map(({ samples }) => samples));
    const context = {
      baseline: this.baselines.of(index),
      blocks: kept === null ? undefined : new BlockSums(history, longest, kept),
      ...(normal === null ? {} : { low: normal[0], high: normal[1] }),
    };
    return windows.map(
      ({ samples, statistics }) => new WindowStatistics(history, samples, statistics, context),
    );
  }

  /** Practice of the grade that is cast from now on; null while it isn't known. */
  setGrade(grade: GradeConfig | null): void {
    this.input.grade = grade;
    for (let i = 0; i < GRADE_VALUES.length; i++)
      this.values[this.plan.series.length + i] = grade?.[GRADE_VALUES[i]!] ?? NaN;
  }

  /** Takes in one sample of every sensor, in the plan's order; NaN where missing. */
  push(sensors: Float64Array): void {
    const { derived, physics, channels } = this.plan;
    this.values.set(sensors);
    for (let i = 0; i < derived.length; i++) this.values[sensors.length + i] = derived[i]!(this.values);
    const measured = sensors.length + derived.length;
    this.baselines.push(this.values, 0, measured);
    for (let i = 0; i < physics.length; i++) this.physics[i]!.update(this.input, this.values, physics[i]!.at);
    this.baselines.push(this.values, measured);
    for (let i = 0; i < this.histories.length; i++) this.histories[i]!.push(this.values[i]!);
    for (let i = 0; i < this.pushed.length; i++) this.pushed[i]!.push();
    for (let i = 0; i < this.pairs.length; i++) this.pairs[i]!.push();
    for (let i = 0; i < channels.length; i++) {
      const { series, isDeviation } = channels[i]!;
      this.row[i] = this.values[series]! - (isDeviation ? this.baselines.values[series]! : 0);
    }
    this.sequence.push(this.row);
  }

  /** The latest row of the sequence's channels, for tables; valid until the next sample. */
  get channelRow(): Float64Array {
    return this.row;
  }

  /** Writes every feature in the order of `plan.names`; NaN where it can't be computed. */
  write(out: Float64Array | Float32Array, at = 0): void {
    const perSecond = 1000 / this.plan.sampleMs;
    let place = at;
    for (let i = 0; i < this.windows.length; i++) {
      const plans = this.plan.series[i]!.windows;
      for (let w = 0; w < plans.length; w++) {
        const window = this.windows[i]![w]!;
        for (const statistic of plans[w]!.statistics)
          out[place++] = window.value(statistic) * (statistic === 'slope' ? perSecond : 1);
      }
    }
    for (const pair of this.pairs) out[place++] = pair.correlation;
  }

  /** Every feature in the order of `plan.names`, in an array of its own; NaN where it can't be computed. */
  numbers(): Float64Array {
    const numbers = new Float64Array(this.plan.names.length);
    this.write(numbers);
    return numbers;
  }

  /** @param numbers what `numbers` gave */
  features(numbers = this.numbers()): FeatureVector {
    const { names } = this.plan;
    const vector: FeatureVector = {};
    for (let i = 0; i < names.length; i++) vector[names[i]!] = numberOrNull(numbers[i]!);
    return vector;
  }

  snapshot(): Sequence {
    return this.sequence.snapshot();
  }
}
