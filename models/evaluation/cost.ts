import { sumsOf } from './curve.js';
import type { SourceJudge } from './source-judge.js';

/** Prices in any one currency. */
export interface Prices {
  readonly missedEvent: number;
  readonly falseAlarm: number;
  /** Events per 100 strand-hours on the plant; null: as many as in the casts. */
  readonly eventRate: number | null;
}

/** What a threshold is expected to bring. Counts are per 100 strand-hours. */
export interface PricedThreshold {
  readonly threshold: number;
  readonly eventRecall: number;
  readonly falseAlarmsPer8h: number;
  readonly missedEvents: number;
  readonly falseAlarms: number;
  readonly cost: number;
}

/** The outcome of every threshold of the curve, highest threshold first. */
export function pricedThresholds({ curve }: SourceJudge, prices: Prices): PricedThreshold[] {
  const { falseAlarms, detected, hours } = sumsOf(curve);
  const total = (numbers: Float64Array): number => numbers.reduce((sum, number) => sum + number, 0);
  const events = curve.casts.reduce((sum, cast) => sum + cast.events.length, 0);
  const judgedHours = total(hours);
  const rate = prices.eventRate ?? (100 * events) / judgedHours;
  return curve.thresholds.map((threshold, t) => {
    const eventRecall = events === 0 ? 1 : total(detected[t]!) / events;
    const per100h = (100 * total(falseAlarms[t]!)) / judgedHours;
    const missed = (1 - eventRecall) * rate;
    return {
      ...{ threshold, eventRecall },
      falseAlarmsPer8h: (8 * per100h) / 100,
      missedEvents: missed,
      falseAlarms: per100h,
      cost: missed * prices.missedEvent + per100h * prices.falseAlarm,
    };
  });
}

/** The threshold that costs least; of several the highest, which alarms least. */
export const cheapest = (thresholds: readonly PricedThreshold[]): PricedThreshold =>
  thresholds.reduce((best, next) => (next.cost < best.cost ? next : best));
