/** Whose score is judged, in the order of reports. */
export const SOURCES = ['rules', 'baseline', 'sequence', 'ensemble'] as const;

export type Source = (typeof SOURCES)[number];
