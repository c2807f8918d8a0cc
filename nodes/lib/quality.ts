/** OPC UA's three classes of a value's quality (OPC UA Part 8, 5.3.4), with the reasons this package gives. */
export type UncertainReason = 'rate' | 'stuck' | 'spike' | 'held' | 'interpolated';
export type BadReason = 'missing' | 'out-of-range' | 'rate' | 'stuck' | 'spike';
export type Quality = 'good' | `uncertain.${UncertainReason}` | `bad.${BadReason}`;

/** Quality per sensor; a sensor that isn't listed is `good`. */
export type QualityBySensor = Readonly<Record<string, Quality>>;

export const isBad = (quality: Quality | undefined): boolean => quality?.startsWith('bad') ?? false;
