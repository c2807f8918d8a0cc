import assert from 'node:assert/strict';
import { channels, lowerThermocouples, upperThermocouples } from '../../../models/simulator/channels.js';
import { drawPlan } from '../../../models/simulator/draw-plan.js';
import { mechanisms } from '../../../models/simulator/mechanisms/all.js';
import { eventTypes, type EventType } from '../../../models/simulator/mechanisms/mechanism.js';
import { undisturbed, withoutEvent, type CastPlan } from '../../../models/simulator/plan.js';
import { drawNoise } from '../../../models/simulator/noise.js';
import { runCast } from '../../../models/simulator/run.js';

/** The first casts of a series that hold an event of the type. */
function plansWith(type: EventType, count: number): CastPlan[] {
  const plans: CastPlan[] = [];
  for (let i = 0; plans.length < count; i++) {
    const plan = drawPlan(`heldout-3-${i}`, 'heldout');
    if (plan.events.some((event) => event.type === type)) plans.push(plan);
  }
  return plans;
}

describe('the counterfactual twin', () => {
  for (const type of eventTypes)
    it(`of a ${type} is the same to the bit until the event begins, and differs after`, () => {
      for (const plan of plansWith(type, 3)) {
        const event = plan.events.find((one) => one.type === type)!;
        const cast = runCast(plan);
        const twin = runCast(withoutEvent(plan, event.id));
        const departure = Math.floor(mechanisms[type].departure(event));
        let differs = false;
        for (const channel of channels) {
          const [real, without] = [cast.readings[channel], twin.readings[channel]];
          for (let t = 0; t < Math.min(departure, cast.duration, twin.duration); t++)
            assert.ok(Object.is(real[t], without[t]), `${channel} at ${t} s, before ${departure} s`);
          differs ||= real.some((value, t) => value !== without[t] && !Number.isNaN(value));
        }
        assert.ok(differs);
      }
    });

  it('keeps the noise of every other event', () => {
    const [plan] = plansWith('long_crack', 1);
    const crack = plan!.events.find((event) => event.type === 'long_crack')!;
    const other = { ...crack, id: 'long_crack-9', onset: crack.onset + 700 };
    const calm = undisturbed(plan!);
    const alone = runCast({ ...calm, events: [other] });
    const both = runCast({ ...calm, events: [crack, other] });
    const none = runCast(calm);
    const first = runCast({ ...calm, events: [crack] });
    // Thermocouples are linear in what cracks do to them, so the two cracks must add up.
    for (const channel of [...upperThermocouples, ...lowerThermocouples])
      both.readings[channel].forEach((value, t) => {
        const sum = first.readings[channel][t]! + alone.readings[channel][t]! - none.readings[channel][t]!;
        assert.ok(Math.abs(value - sum) < 1e-9, `${channel} at ${t} s`);
      });
  });

  it('does not depend on what comes later', () => {
    const plan = drawPlan('iid-3-1', 'iid');
    const noise = drawNoise(plan);
    const whole = runCast(plan, noise);
    const short = runCast({ ...plan, duration: 2500 }, noise);
    for (const channel of channels)
      short.readings[channel].forEach((value, t) =>
        assert.ok(Object.is(value, whole.readings[channel][t]), `${channel} at ${t} s`),
      );
  });
});

describe('a sticker', () => {
  it('heats the upper row, then the lower, as far apart as its tear needs', () => {
    for (const plan of plansWith('sticker', 8)) {
      const event = plan.events.find((one) => one.type === 'sticker')!;
      const cast = runCast({ ...plan, events: [event], sensorFaults: [] });
      const twin = runCast({ ...plan, events: [], sensorFaults: [] });
      const column = mechanisms.sticker.column!(event) - 1;
      const complete = cast.events.find(({ cause }) => cause === event.id)!.complete;
      const peak = (channel: (typeof channels)[number]): number => {
        let best = event.onset;
        const rise = (t: number): number => cast.readings[channel][t]! - twin.readings[channel][t]!;
        for (let t = event.onset; t < complete; t++) if (rise(t) > rise(best)) best = t;
        return best;
      };
      const [upper, lower] = [peak(upperThermocouples[column]!), peak(lowerThermocouples[column]!)];
      const { upperDepth, lowerDepth, lag } = cast.mold;
      const speed = (cast.strand.speed[upper]! * 1000) / 60;
      // The thermocouples' own lags shift the peaks too.
      const lags = 1.2 * (lag[4 + column]! - lag[column]!);
      const expected =
        event.type === 'sticker' ? (lowerDepth - upperDepth) / (event.ratio * speed) + lags : NaN;
      assert.ok(Math.abs(lower - upper - expected) <= 3, `${lower - upper} s, expected ${expected} s`);
    }
  });
});
