/** The kinds of defect that models and rules know (docs/caster.md, section 4). */
export const MECHANISMS = [
  'sticker',
  'long_crack',
  'slag_entrainment',
  'cooling_crack',
  'segregation',
  'oscillation',
] as const;

export type Mechanism = (typeof MECHANISMS)[number];

/** What people at the caster call them. */
export const MECHANISM_LABELS: Readonly<Record<Mechanism, string>> = {
  sticker: 'sticker',
  long_crack: 'longitudinal crack',
  slag_entrainment: 'slag entrainment',
  cooling_crack: 'cooling crack',
  segregation: 'center segregation',
  oscillation: 'oscillation fault',
};

export const isMechanism = (name: unknown): name is Mechanism =>
  (MECHANISMS as readonly unknown[]).includes(name);
