/** What an alarm says that is not as expected; only what is expected is looked at. */
export const differingFacts = (
  got: Readonly<Record<string, unknown>>,
  expected: Readonly<Record<string, unknown>>,
): string[] =>
  Object.entries(expected)
    .filter(([name, value]) => got[name] !== value)
    .map(([name, value]) => `${name}: expected ${JSON.stringify(value)}, got ${JSON.stringify(got[name])}`);
