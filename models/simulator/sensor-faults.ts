import { thermocouples, type ByChannel, type Channel } from './channels.js';
import type { Random } from './random.js';

export type SensorFaultType = 'stuck' | 'spike' | 'drift' | 'dropout' | 'swapped';

/** A sensor that tells something else than the truth, from `onset` up to before `end` (s). */
export interface SensorFaultPlan {
  readonly type: SensorFaultType;
  readonly id: string;
  readonly channel: Channel;
  /** The thermocouple it was swapped with. */
  readonly other?: Channel;
  readonly onset: number;
  readonly end: number;
  /** spike, drift: in the channel's unit, with its sign. */
  readonly size?: number;
}

/**
 * What a sensor usually does within a cast: deviation, and deviation of its steps from second to second.
 * Fixed figures, not the cast's own: else a fault would change with an event that comes long after it.
 * Medians over training casts, of the channels that faults hit; spray flows count for less, or each drift would
 * be a blocked zone.
 */
const usual: Readonly<Partial<Record<Channel, { readonly deviation: number; readonly step: number }>>> = {
  mold_level: { deviation: 2.45, step: 0.69 },
  stopper_position: { deviation: 4.9, step: 0.4 },
  mold_water_delta_t: { deviation: 0.31, step: 0.044 },
  ...Object.fromEntries(
    thermocouples.map((channel) => [
      channel,
      channel.startsWith('tc_u') ? { deviation: 7.4, step: 0.6 } : { deviation: 4.6, step: 0.58 },
    ]),
  ),
  mold_friction: { deviation: 0.85, step: 0.41 },
  spray_flow_1: { deviation: 8, step: 2.7 },
  spray_flow_2: { deviation: 8, step: 4.2 },
};

const faulty = Object.keys(usual) as Channel[];
const types = ['stuck', 'spike', 'drift', 'dropout', 'swapped'] as const;
const shares = [0.22, 0.25, 0.25, 0.18, 0.1] as const;
const durations: Readonly<Record<SensorFaultType, readonly [number, number]>> = {
  stuck: [60, 600],
  spike: [60, 300],
  drift: [300, 1200],
  dropout: [15, 180],
  swapped: [600, 3000],
};

/** @param rate factor on how often sensors fail */
export function drawSensorFaults(
  stream: (name: string) => Random,
  duration: number,
  rate = 1,
): readonly SensorFaultPlan[] {
  const count = stream('plan/fault').poisson((0.8 * rate * duration) / 5400);
  return Array.from({ length: count }, (_, i) => {
    const id = `fault-${i + 1}`;
    const random = stream(`plan/${id}`);
    const type = random.pick(types, shares);
    const onset = Math.floor(random.uniform(700, duration - 400));
    const end = Math.min(onset + Math.floor(random.uniform(...durations[type])), duration - 1);
    const channel = type === 'swapped' ? random.pick(thermocouples) : random.pick(faulty);
    const fault = { type, id, channel, onset, end };
    if (type === 'swapped') {
      const other = (thermocouples.indexOf(channel as never) + random.integer(1, 7)) % 8;
      return { ...fault, other: thermocouples[other]! };
    }
    const { deviation, step } = usual[channel]!;
    if (type === 'spike') return { ...fault, size: random.sign() * random.uniform(12, 36) * step };
    if (type === 'drift') return { ...fault, size: random.sign() * random.uniform(1.5, 3.5) * deviation };
    return fault;
  });
}

const SPIKES = 0.04; // share of the readings

/** Spoils the readings in place. Missing is NaN. */
export function applySensorFault(fault: SensorFaultPlan, readings: ByChannel, random: Random): void {
  const { type, onset } = fault;
  const series = readings[fault.channel];
  const end = Math.min(fault.end, series.length);
  if (onset >= end) return; // a breakout came first
  switch (type) {
    case 'stuck':
      series.fill(series[onset]!, onset, end);
      return;
    case 'dropout':
      series.fill(NaN, onset, end);
      return;
    case 'spike':
      for (let t = onset; t < end; t++) if (random.chance(SPIKES)) series[t]! += fault.size!;
      return;
    case 'drift':
      for (let t = onset; t < end; t++)
        series[t]! += (fault.size! * (t - onset)) / Math.max(fault.end - onset - 1, 1);
      return;
    case 'swapped': {
      const other = readings[fault.other!];
      const kept = series.slice(onset, end);
      series.set(other.subarray(onset, end), onset);
      other.set(kept, onset);
    }
  }
}
