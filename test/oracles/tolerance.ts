/** Fields are compared by `[relative, absolute]` tolerance; `default` for those not named. */
export type Tolerances = Readonly<Record<string, readonly [number, number]>>;

/** Null when `got` passes, else what is wrong with it. Undefined and NaN count as null. */
export function mismatch(
  field: string,
  got: number | null | undefined,
  expected: number | null,
  tolerances: Tolerances,
): string | null {
  const value = typeof got === 'number' && !Number.isNaN(got) ? got : null;
  if (expected === null || value === null) {
    return value === expected ? null : `${field}: expected ${expected ?? 'null'}, got ${value ?? 'null'}`;
  }
  const [relative, absolute] = tolerances[field] ?? tolerances.default ?? [0, 0];
  const allowed = absolute + relative * Math.abs(expected);
  return Math.abs(value - expected) <= allowed
    ? null
    : `${field}: expected ${expected}, got ${value}, off by ${Math.abs(value - expected)}, allowed ${allowed}`;
}
