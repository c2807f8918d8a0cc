import { envelope } from '../../nodes/lib/statistics/vibration/envelope.js';
import {
  bandPower,
  hannSpectrum,
  largestIn,
  powerCentre,
  totalPower,
  velocityRms,
} from '../../nodes/lib/statistics/vibration/spectrum.js';
import { vibrationShape } from '../../nodes/lib/statistics/vibration/vibration-shape.js';
import { mismatches, type Tolerances } from './tolerance.js';
import { digestOf, signalFrom, type SignalRecipe } from './vibration-signal.js';

type Band = readonly [from: number, to: number];

interface VibrationCase {
  readonly signal: SignalRecipe & {
    readonly id: string;
    readonly bands: readonly Band[];
    readonly velocity_band: Band;
    readonly env_band: Band | null;
    readonly env_search: Band | null;
    readonly amp_bins: readonly number[];
    readonly env_bins: readonly number[];
  };
  readonly check?: { readonly sha256_float64_le?: string };
  readonly expect: Readonly<Record<string, unknown>>;
}

/** @returns what is wrong, one line each */
export function checkVibration(content: unknown): string[] {
  const { cases, tol } = content as { readonly cases: readonly VibrationCase[]; readonly tol: Tolerances };
  return cases.flatMap(({ signal, check, expect }) => {
    const samples = signalFrom(signal);
    const wanted = check?.sha256_float64_le;
    if (wanted !== undefined && digestOf(samples) !== wanted)
      return [`${signal.id}: the recipe gave other samples than it should`];
    return mismatches('', answers(samples, signal), expect, tol).map((problem) => `${signal.id} ${problem}`);
  });
}

function answers(samples: Float64Array, signal: VibrationCase['signal']): unknown {
  const { fs, bands, velocity_band: velocity, amp_bins: bins } = signal;
  const { peakToPeak, kurtosis, ...shape } = vibrationShape(samples);
  const spectrum = hannSpectrum(samples, fs);
  const dominant = largestIn(spectrum.amplitudes, (bin) => bin >= 1);
  return {
    ...shape,
    kurtosis,
    kurtosis_excess: kurtosis === null ? null : kurtosis - 3,
    peak_to_peak: peakToPeak,
    total_power_rect: totalPower(samples),
    total_power_hann: bandPower(spectrum, 0, Infinity),
    dominant_freq: spectrum.frequencies[dominant],
    dominant_amp: spectrum.amplitudes[dominant] ?? 0,
    ...(powerCentre(spectrum) ?? {}),
    band_energy: bands.map(([from, to]) => bandPower(spectrum, from, to)),
    velocity_rms: velocityRms(samples, fs, ...velocity),
    amp_at: bins.map((bin) => spectrum.amplitudes[bin]),
    envelope: envelopeAnswers(samples, signal),
  };
}

function envelopeAnswers(
  samples: Float64Array,
  { fs, env_band, env_search, env_bins }: VibrationCase['signal'],
): unknown {
  if (env_band === null) return null;
  const envelopeOf = envelope(samples, fs, ...env_band);
  const { frequencies, amplitudes } = hannSpectrum(envelopeOf, fs);
  const [from, to] = env_search ?? [0, Infinity];
  const peak = largestIn(amplitudes, (bin) => frequencies[bin]! >= from && frequencies[bin]! <= to);
  return {
    peak_freq: frequencies[peak],
    peak_amp: amplitudes[peak] ?? 0,
    mean: vibrationShape(envelopeOf).mean,
    amp_at: env_bins.map((bin) => amplitudes[bin]),
  };
}
