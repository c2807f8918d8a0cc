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
  const [relative, absolute] = toleranceOf(field, tolerances);
  const allowed = absolute + relative * Math.abs(expected);
  return Math.abs(value - expected) <= allowed
    ? null
    : `${field}: expected ${expected}, got ${value}, off by ${Math.abs(value - expected)}, allowed ${allowed}`;
}

/**
 * Every number of `expected`, however deep, against the same place in `got`. Fields of an object are named with a dot,
 * items of a list by their list.
 */
export function mismatches(field: string, got: unknown, expected: unknown, tolerances: Tolerances): string[] {
  if (expected === null || typeof expected === 'number') {
    const problem = mismatch(field, got as number | null | undefined, expected, tolerances);
    return problem === null ? [] : [problem];
  }
  if (Array.isArray(expected)) {
    const list = got as ArrayLike<unknown> | null | undefined;
    if (list?.length !== expected.length)
      return [`${field}: expected ${expected.length} items, got ${list?.length ?? 'none'}`];
    return expected.flatMap((item, i) => mismatches(field, list[i], item, tolerances));
  }
  return Object.entries(expected as Record<string, unknown>).flatMap(([name, item]) => {
    const inside = (got as Record<string, unknown> | null | undefined)?.[name];
    return mismatches(field === '' ? name : `${field}.${name}`, inside, item, tolerances);
  });
}

/** That of the field itself, or of what it is part of. */
function toleranceOf(field: string, tolerances: Tolerances): readonly [number, number] {
  const named = Object.keys(tolerances)
    .filter((name) => field === name || field.startsWith(`${name}.`))
    .sort((one, other) => other.length - one.length)[0];
  return tolerances[named ?? 'default'] ?? [0, 0];
}
