import type { GradeName } from './grades.js';

export type Split = 'train' | 'val' | 'iid' | 'heldout' | 'demo';

/** How far the world of a cast has shifted from what models were trained on. */
export interface Conditions {
  /** Factors on the mold's own figures. */
  readonly noise: number;
  readonly bulging: number;
  readonly thermocoupleLag: number;
  /** Speed of a sticker's tear relative to the strand. */
  readonly tearRatio: readonly [number, number];
  /** Factor on how often something only looks like a defect. */
  readonly hardNegatives: number;
}

/** What a split draws its casts from. */
export interface SplitProfile {
  /** First and last mold number. */
  readonly molds: readonly [number, number];
  readonly gradeWeights: Readonly<Partial<Record<GradeName, number>>>;
  readonly conditions: Conditions;
}

const known: SplitProfile = {
  molds: [1, 8],
  gradeWeights: { low_c: 1, peritectic: 1, high_c: 1 },
  conditions: { noise: 1, bulging: 1, thermocoupleLag: 1, tearRatio: [0.6, 0.9], hardNegatives: 1 },
};

const shifted: SplitProfile = {
  molds: [9, 12],
  gradeWeights: { low_c: 0.2, peritectic: 0.2, high_c: 0.2, microalloyed: 0.4 },
  conditions: {
    noise: 1.15,
    bulging: 1.3,
    thermocoupleLag: 1.2,
    tearRatio: [0.55, 0.95],
    hardNegatives: 1.2,
  },
};

export const splitProfiles: Readonly<Record<Split, SplitProfile>> = {
  train: known,
  val: known,
  iid: known,
  heldout: shifted,
  demo: known,
};

/**
 * Seed of one cast. Split and the user's number are part of the text, so no two splits and no two numbers ever
 * share a cast.
 */
export function castSeed(split: Split, seed: number, index: number): string {
  return `${split}-${seed}-${String(index).padStart(4, '0')}`;
}
