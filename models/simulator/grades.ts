export interface Grade {
  /** °C */
  readonly liquidus: number;
  /** Heat flux relative to low-carbon steel. */
  readonly flux: number;
  /** m/min */
  readonly nominalSpeed: number;
  /** K */
  readonly criticalSuperheat: number;
  readonly stickerRate: number;
  readonly crackRate: number;
  readonly bulging: number;
}

export type GradeName = 'low_c' | 'peritectic' | 'high_c' | 'microalloyed';

/** Practice by steel grade. `microalloyed` is held out from training. All assumed, of plausible order. */
export const grades: Readonly<Record<GradeName, Grade>> = {
  low_c: grade(1530, 1.0, 1.35, 32, 0.9, 0.6, 0.8),
  peritectic: grade(1518, 0.87, 1.15, 30, 0.8, 1.8, 1.3),
  high_c: grade(1487, 1.06, 1.0, 27, 1.6, 0.7, 0.9),
  microalloyed: grade(1511, 0.94, 1.2, 29, 1.1, 1.1, 1.1),
};

function grade(
  liquidus: number,
  flux: number,
  nominalSpeed: number,
  criticalSuperheat: number,
  stickerRate: number,
  crackRate: number,
  bulging: number,
): Grade {
  return { liquidus, flux, nominalSpeed, criticalSuperheat, stickerRate, crackRate, bulging };
}
