import { isTimely, type CastOutcome } from './alarm-episodes.js';
import { quantile } from './quantile.js';
import type { CastTruth } from './truth.js';

/** A cast with what an alarm made of it. */
export interface JudgedCast {
  readonly truth: CastTruth;
  readonly outcome: CastOutcome;
  /** Strand-hours of it that count. */
  readonly hours: number;
}

/** What one way of alarming does. Null where nothing was there to measure it on. */
export interface EventFigures {
  readonly events: number;
  /** Share of the events with any alarm second between onset and end. */
  readonly eventRecall: number | null;
  /** Share of the events whose first alarm left the time needed. */
  readonly timelyRecall: number | null;
  /** s from the first alarm to completion, over the events detected: median, and what 90 % of them exceed. */
  readonly medianLeadS: number | null;
  readonly p10LeadS: number | null;
}

export interface PointFigures extends EventFigures {
  readonly falseAlarms: number;
  /** Strand-hours of time that counts. */
  readonly hours: number;
  readonly falseAlarmsPer8h: number | null;
}

/** @param type only events of this mechanism; all when left out */
export function eventFigures(casts: readonly JudgedCast[], type?: string): EventFigures {
  const leads: number[] = [];
  let [events, timely] = [0, 0];
  for (const { truth, outcome } of casts)
    for (let i = 0; i < truth.events.length; i++) {
      const event = truth.events[i]!;
      if (type !== undefined && event.type !== type) continue;
      events++;
      const lead = outcome.leads[i]!;
      if (Number.isNaN(lead)) continue;
      leads.push(lead);
      if (isTimely(event, lead)) timely++;
    }
  leads.sort((one, other) => one - other);
  const leadAt = (share: number): number | null => (leads.length === 0 ? null : quantile(leads, share));
  return {
    events,
    eventRecall: events === 0 ? null : leads.length / events,
    timelyRecall: events === 0 ? null : timely / events,
    medianLeadS: leadAt(0.5),
    p10LeadS: leadAt(0.1),
  };
}

export function pointFigures(casts: readonly JudgedCast[]): PointFigures {
  let [falseAlarms, hours] = [0, 0];
  for (const { outcome, hours: judged } of casts) {
    falseAlarms += outcome.falseAlarms;
    hours += judged;
  }
  return {
    ...eventFigures(casts),
    ...{ falseAlarms, hours },
    falseAlarmsPer8h: hours === 0 ? null : (8 * falseAlarms) / hours,
  };
}
