/**
 * The rule a node's own parser has for one field, as a validator of the edit form: the same rule, written once.
 * Node-RED shows a text that a validator returns as the reason; its types know only of true and false.
 */
export function checkField(field: string, parse: (fields: Readonly<Record<string, unknown>>) => unknown) {
  return (value: unknown): boolean => {
    // What an environment variable holds is known only where the flow runs; the node checks it there.
    if (typeof value === 'string' && /^\$\{[^}]+\}$/.test(value)) return true;
    try {
      parse({ [field]: value });
      return true;
    } catch (err) {
      return (err instanceof Error ? err.message : String(err)) as unknown as boolean;
    }
  };
}
