import { grades, type GradeName } from './grades.js';
import { drawHardNegatives } from './hard-negatives.js';
import { mechanisms } from './mechanisms/all.js';
import type { EventPlan, EventType, Slot } from './mechanisms/mechanism.js';
import type { CastPlan, LadleChange } from './plan.js';
import { streamsOf, type Random, type Streams } from './random.js';
import { drawSensorFaults } from './sensor-faults.js';
import { splitProfiles, type Conditions, type Split } from './splits.js';
import { variedConditions } from './varied-conditions.js';

/**
 * Draws a cast: what it is, what is done, and all that will go wrong.
 * @param faultRate factor on how often sensors fail
 * @param varied conditions are the cast's own instead of the split's
 */
export function drawPlan(seed: string, split: Split, faultRate = 1, varied = false): CastPlan {
  const stream = streamsOf(seed);
  const profile = splitProfiles[split];
  const conditions = varied
    ? variedConditions(stream('plan/conditions'), profile.conditions)
    : profile.conditions;
  const random = stream('plan/cast');
  const duration = Math.floor(random.uniform(3600, 7200));
  const grade = random.pick(
    Object.keys(profile.gradeWeights) as GradeName[],
    Object.values(profile.gradeWeights),
  );
  const practice = drawPractice(stream('plan/practice'), grade, duration);
  const events = drawEvents(stream, conditions, grade, duration);
  const speedUps = events.flatMap((event) =>
    event.type === 'sticker' && event.speedUp !== undefined
      ? [{ time: event.onset - event.speedUp.before, by: event.speedUp.by }]
      : [],
  );
  return {
    seed,
    split,
    duration,
    conditions,
    grade,
    mold: random.integer(...profile.molds),
    width: random.uniform(0.95, 1.6),
    thickness: random.pick([0.22, 0.25]),
    ...practice,
    speedSteps: [...practice.speedSteps, ...speedUps],
    events,
    hardNegatives: drawHardNegatives(stream, duration, grade, conditions.hardNegatives),
    sensorFaults: drawSensorFaults(stream, duration, faultRate),
  };
}

type Practice = Pick<
  CastPlan,
  'speedSetpoint' | 'rampUp' | 'speedSteps' | 'superheat' | 'ladles' | 'gradeChange' | 'segregationBias'
>;

export function drawPractice(random: Random, grade: GradeName, duration: number): Practice {
  const { nominalSpeed, criticalSuperheat } = grades[grade];
  const ladles: LadleChange[] = [];
  for (let time = random.uniform(1500, 3300); time < duration; time += random.uniform(2400, 3900))
    ladles.push({
      time,
      closedFor: random.uniform(120, 210),
      slowBy: Math.max(random.uniform(-0.06, 0.09), 0),
      superheatStep: 6.6 + 2.4 * random.normal(),
    });
  const steps = random.poisson((3 * duration) / 5400);
  return {
    speedSetpoint: nominalSpeed * random.uniform(0.93, 1.05),
    rampUp: random.uniform(200, 420),
    speedSteps: Array.from({ length: steps }, () => ({
      time: random.uniform(700, duration),
      by: random.sign() * random.uniform(0.04, 0.18),
    })),
    superheat: random.uniform(criticalSuperheat - 10, criticalSuperheat - 2),
    ladles,
    gradeChange: random.chance(0.12),
    segregationBias: 0.4 * random.normal(),
  };
}

/** Those that need most room choose first, or they would find none. */
const bySize: readonly EventType[] = [
  'cooling_crack',
  'segregation',
  'slag_entrainment',
  'oscillation',
  'long_crack',
  'sticker',
];

function drawEvents(
  stream: Streams,
  conditions: Conditions,
  grade: GradeName,
  duration: number,
): readonly EventPlan[] {
  const slots = new Slots(stream('plan/slots'), duration);
  return bySize
    .flatMap((type) => {
      const mechanism = mechanisms[type];
      const count = stream(`plan/${type}`).poisson((mechanism.rate(grades[grade]) * duration) / 5400);
      return Array.from({ length: count }, (_, i) => {
        const id = `${type}-${i + 1}`;
        const drawn = mechanism.draw(stream(`plan/${id}`), conditions);
        const onset = slots.take(mechanism.slot(drawn));
        return onset === null ? null : ({ ...drawn, id, onset } as EventPlan);
      }).filter((event) => event !== null);
    })
    .sort((one, other) => one.onset - other.onset);
}

const APART = 150; // s between two events
const MARGIN = 300; // s at the end of the cast
const ATTEMPTS = 40;

class Slots {
  readonly #taken: { from: number; to: number }[] = [];

  constructor(
    private readonly random: Random,
    private readonly duration: number,
  ) {}

  /** Onset of an event that fits between the others; null if there is no room. */
  take({ before, after, earliest }: Slot): number | null {
    const first = earliest + before;
    const last = this.duration - after - MARGIN;
    if (last <= first) return null;
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const onset = Math.floor(this.random.uniform(first, last));
      const from = onset - before;
      const to = onset + after;
      if (this.#taken.every((slot) => from - APART > slot.to || to + APART < slot.from)) {
        this.#taken.push({ from, to });
        return onset;
      }
    }
    return null;
  }
}
