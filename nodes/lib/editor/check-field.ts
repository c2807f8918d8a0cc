/**
 * The rule a node's own parser has for one field, as a validator of the edit form: the same rule, written once.
 * Node-RED shows a text that a validator returns as the reason, if the validator takes two arguments: a text from
 * one that takes a single argument would count as true. Its types know only of true and false.
 */
export function checkField(field: string, parse: (fields: Readonly<Record<string, unknown>>) => unknown) {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- Node-RED counts the arguments, see above
  return (value: unknown, _options?: unknown): boolean => {
    const problem = problemOf(value, field, parse);
    return problem === null ? true : (problem as unknown as boolean);
  };
}

/** What the parser says against a value, or null. */
function problemOf(
  value: unknown,
  field: string,
  parse: (fields: Readonly<Record<string, unknown>>) => unknown,
): string | null {
  // What an environment variable holds is known only where the flow runs; the node checks it there.
  if (typeof value === 'string' && /^\$\{[^}]+\}$/.test(value)) return null;
  try {
    parse({ [field]: value });
    return null;
  } catch (err) {
    return err instanceof Error ? err.message : String(err);
  }
}
