import type { Forcing } from '../forcing.js';
import { grades } from '../grades.js';
import type { CastPlan } from '../plan.js';
import type { Random } from '../random.js';
import { ar1, at, lag, whiteNoise } from '../shapes.js';
import type { Strand } from '../strand.js';

/** Depth of the straightener and of the two spray zones, m below the meniscus. */
export const STRAIGHTENER = 9.5;
export const zoneDepths = [2.5, 5.5] as const;

const zones = [
  { setpoint: 250, exponent: 1, lag: 8, warming: 220 },
  { setpoint: 380, exponent: 0.9, lag: 10, warming: 420 },
] as const;

export interface CoolingNoise {
  /** Relative, shared by both zones. */
  readonly pump: Float64Array;
  readonly flow: readonly [Float64Array, Float64Array];
  readonly meter: readonly [Float64Array, Float64Array];
  /** K at the straightener */
  readonly scale: Float64Array;
}

export function coolingNoise(random: Random, n: number, noise: number): CoolingNoise {
  const both = (draw: () => Float64Array): [Float64Array, Float64Array] => [draw(), draw()];
  return {
    pump: ar1(random, n, 120, 0.01 * noise),
    flow: both(() => ar1(random, n, 15, 0.006)),
    meter: both(() => whiteNoise(random, n, 0.008 * noise)),
    scale: summed(ar1(random, n, 18, 8 * noise), ar1(random, n, 800, 6), whiteNoise(random, n, 4 * noise)),
  };
}

/** Flow of a spray zone as its meter shows it, l/min. */
export function sprayFlow(
  zone: 0 | 1,
  plan: CastPlan,
  { speed }: Strand,
  forcing: Forcing,
  noise: CoolingNoise,
): Float64Array {
  const { setpoint, exponent, lag: tau } = zones[zone];
  const scale = (plan.width / 1.3) * (1 + 0.15 * (grades[plan.grade].flux - 1));
  const wanted = lag(
    speed.map((v) => setpoint * scale * Math.pow(v / 1.2, exponent)),
    tau,
  );
  return wanted.map(
    (flow, t) =>
      flow *
      (1 - forcing.visibleDeficit[zone][t]! + noise.pump[t]! + noise.flow[zone][t]!) *
      (1 + noise.meter[zone][t]!),
  );
}

/** Surface of the strand at the straightener, °C: what each slice went through on its way down. */
export function surfaceTemperature(
  plan: CastPlan,
  strand: Strand,
  superheat: Float64Array,
  thinning: Float64Array,
  forcing: Forcing,
  noise: CoolingNoise,
): Float64Array {
  const { flux, nominalSpeed } = grades[plan.grade];
  const cast = strand.meniscusTimes(STRAIGHTENER);
  const passed = zoneDepths.map((depth) => strand.meniscusTimes(STRAIGHTENER - depth));
  const water = forcing.deficit.map((deficit) => {
    const reached = lag(
      deficit.map((share) => 1 - share),
      15,
    );
    return reached.map((share, t) => share + noise.pump[t]!);
  });
  return strand.position.map((position, t) => {
    const speed =
      position > STRAIGHTENER ? (STRAIGHTENER / Math.max(t - cast[t]!, 60)) * 60 : 0.6 * nominalSpeed;
    let surface = 925 + 40 * (flux - 1) + 160 * (speed / nominalSpeed - 1) + 0.6 * (superheat[t]! - 25);
    for (const zone of [0, 1] as const)
      surface -= zones[zone].warming * (at(water[zone]!, passed[zone]![t]!) - 1);
    return surface + 4 * at(thinning, passed[0]![t]!) + forcing.surface[t]! + noise.scale[t]!;
  });
}

function summed(...series: readonly Float64Array[]): Float64Array {
  return series[0]!.map((_, t) => series.reduce((sum, one) => sum + one[t]!, 0));
}
