import { columnPositions } from './channels.js';
import type { Forcing } from './forcing.js';
import { grades, type GradeName } from './grades.js';
import type { Scene } from './mechanisms/mechanism.js';
import { addTearPulse } from './mechanisms/tear-pulse.js';
import type { Random } from './random.js';
import { addTrapezoid, clamp, smoothstep, trapezoid } from './shapes.js';

/** Something that looks like a defect in the making, and is none. */
export interface HardNegativePlan {
  readonly type: HardNegativeType;
  readonly id: string;
  /** s */
  readonly onset: number;
  /** The kind's own figures. */
  readonly values: Readonly<Record<string, number>>;
}

interface Kind<Name extends string = string> {
  /** Expected number per 1.5 h, before the common factor of 0.6. */
  readonly rate: number;
  draw(random: Random, grade: GradeName): Record<Name, number>;
  practice?(onset: number, values: Readonly<Record<Name, number>>, forcing: Forcing): void;
  act?(onset: number, values: Readonly<Record<Name, number>>, forcing: Forcing, scene: Scene): void;
}

const kind = <Name extends string>(definition: Kind<Name>): Kind => definition;
const pulseHeight = (random: Random, median: number): number => random.logNormal(median, 0.4);

const kinds = {
  partial_sticker: kind({
    rate: 1.3,
    draw: (random) => ({
      x: random.uniform(-0.45, 0.45),
      ratio: random.uniform(0.6, 0.9),
      sidewaysLag: 0.25 * Math.pow(4, random.uniform()),
      height: pulseHeight(random, 19),
      stopsAt: random.uniform(70, 270),
      friction: random.uniform(0, 0.12),
    }),
    act(onset, { x, friction, ...pulse }, forcing, scene) {
      addTearPulse(
        { onset, ...pulse, x: x * scene.width * 1000, reach: 420, undershoot: 0.6 },
        forcing,
        scene,
      );
      addTrapezoid(forcing.friction, friction, onset + 5, onset + 30, 10, 20);
    },
  }),
  hot_film: kind({
    rate: 1.2,
    draw: (random) => ({
      column: random.integer(0, 3),
      aside: 60 * random.normal(),
      ratio: random.uniform(0.97, 1.05),
      sidewaysLag: random.chance(0.6) ? 0 : 0.12,
      height: pulseHeight(random, 0.9 * 19),
    }),
    act(onset, { column, aside, ...pulse }, forcing, scene) {
      const x = columnPositions[column]! * scene.width * 1000 + aside;
      addTearPulse({ onset, ...pulse, x, reach: 420, undershoot: 0.25 }, forcing, scene);
    },
  }),
  film_patch: kind({
    rate: 1.0,
    draw: (random) => ({
      column: random.integer(0, 3),
      lower: random.chance(0.6) ? 0 : 1,
      depth: pulseHeight(random, 12),
      duration: random.uniform(60, 300),
    }),
    act(onset, { column, lower, depth, duration }, forcing) {
      const row = lower === 1 ? forcing.lower : forcing.upper;
      addTrapezoid(row[column]!, -depth, onset, onset + duration, 30, 40);
    },
  }),
  scale_patch: kind({
    rate: 1.0,
    draw: (random) => ({ by: random.sign() * random.uniform(10, 40), duration: random.uniform(30, 150) }),
    act: (onset, { by, duration }, forcing) =>
      addTrapezoid(forcing.surface, by, onset, onset + duration, 8, 15),
  }),
  level_burst: kind({
    rate: 0.8,
    draw: (random) => ({ factor: random.uniform(2.2, 4.2), duration: random.uniform(60, 280) }),
    act: (onset, { factor, duration }, forcing) =>
      multiply(forcing.bulging, factor - 1, onset, onset + duration, 20, 40),
  }),
  clean_release: kind({
    rate: 0.7,
    draw: (random) => ({ share: random.uniform(0.06, 0.2) }),
    act(onset, { share }, forcing) {
      for (let t = Math.max(0, onset - 600); t < forcing.duration; t++)
        forcing.clogging[t]! += share * (clamp((t - onset + 600) / 600, 0, 1) - smoothstep((t - onset) / 3));
    },
  }),
  clog_noevent: kind({
    rate: 0.4,
    draw: (random) => ({ share: random.uniform(0.08, 0.23) }),
    act: (onset, { share }, forcing) => addTrapezoid(forcing.clogging, share, onset, onset + 1300, 900, 600),
  }),
  friction_bump: kind({
    rate: 0.8,
    draw: (random) => ({ by: random.uniform(0.06, 0.2), duration: random.uniform(60, 300) }),
    act: (onset, { by, duration }, forcing) =>
      addTrapezoid(forcing.friction, by, onset, onset + duration, 20, 40),
  }),
  spray_dip: kind({
    rate: 0.7,
    draw: (random) => ({
      zone: random.integer(0, 1),
      share: random.uniform(0.08, 0.28),
      duration: random.uniform(10, 35),
    }),
    act(onset, { zone, share, duration }, forcing) {
      for (const deficit of [forcing.deficit[zone]!, forcing.visibleDeficit[zone]!])
        addTrapezoid(deficit, share, onset, onset + duration, 3, 4);
    },
  }),
  v_only: kind({
    rate: 0.6,
    draw: (random) => ({ by: random.uniform(0.06, 0.18), duration: random.uniform(300, 900) }),
    practice: (onset, { by, duration }, forcing) =>
      addTrapezoid(forcing.speed, by, onset, onset + duration, 60, 120),
  }),
  sh_only: kind({
    rate: 0.5,
    draw: (random) => ({ by: random.uniform(5, 13), duration: random.uniform(500, 1000) }),
    practice: (onset, { by, duration }, forcing) =>
      addTrapezoid(forcing.superheat, by, onset, onset + duration, 350, 350),
  }),
  slowdown: kind({
    rate: 0.4,
    draw: (random, grade) => ({
      by: -random.uniform(0.25, 0.6) * grades[grade].nominalSpeed,
      duration: random.uniform(60, 180),
    }),
    // The operator's step, without a ramp of its own: the drive limits the change.
    practice: (onset, { by, duration }, forcing) =>
      addTrapezoid(forcing.speed, by, onset, onset + duration, 1, 1),
  }),
  common_drop: kind({
    rate: 0.4,
    draw: (random) => ({ share: random.uniform(0.02, 0.06), duration: random.uniform(120, 520) }),
    act: (onset, { share, duration }, forcing) =>
      multiply(forcing.heatFlux, -share, onset, onset + duration, 40, 60),
  }),
  width_change: kind({
    rate: 0.35,
    draw: (random) => ({
      by: random.sign() * random.uniform(0.03, 0.13),
      duration: random.uniform(60, 300),
      friction: random.uniform(0, 0.15),
    }),
    practice(onset, { by, duration, friction }, forcing) {
      for (let t = onset; t < forcing.duration; t++)
        forcing.width[t]! += by * clamp((t - onset) / duration, 0, 1);
      addTrapezoid(forcing.speed, -0.1, onset - 60, onset + 300, 40, 60);
      addTrapezoid(forcing.friction, friction, onset, onset + 300, 30, 60);
    },
  }),
};

export type HardNegativeType = keyof typeof kinds;

/** On all rates, so that no detector drowns in look-alikes. */
const FREQUENCY = 0.6;

/** Draws the look-alikes of a cast of `duration` s, each from its own stream. */
export function drawHardNegatives(
  stream: (name: string) => Random,
  duration: number,
  grade: GradeName,
  factor: number,
): readonly HardNegativePlan[] {
  const types = Object.keys(kinds) as HardNegativeType[];
  return types.flatMap((type) => {
    const known = kinds[type];
    const count = stream(`plan/${type}`).poisson((known.rate * FREQUENCY * factor * duration) / 5400);
    return Array.from({ length: count }, (_, i) => {
      const id = `${type}-${i + 1}`;
      const random = stream(`plan/${id}`);
      const onset = Math.floor(random.uniform(800, duration - 300));
      return { type, id, onset, values: known.draw(random, grade) };
    });
  });
}

export function practiceOf({ type, onset, values }: HardNegativePlan, forcing: Forcing): void {
  kinds[type].practice?.(onset, values, forcing);
}

export function actOf({ type, onset, values }: HardNegativePlan, forcing: Forcing, scene: Scene): void {
  kinds[type].act?.(onset, values, forcing, scene);
}

function multiply(
  series: Float64Array,
  by: number,
  from: number,
  to: number,
  up: number,
  down: number,
): void {
  for (let t = from; t < Math.min(series.length, to + down); t++)
    series[t]! *= 1 + by * trapezoid(t, from, to, up, down);
}
