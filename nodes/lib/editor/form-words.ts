/** Looks up a text of the node's own locale; `form.*` are those that all forms share. */
export type Words = (key: string, args?: Readonly<Record<string, string | number>>) => string;

/** Of the node that is being edited; the editor knows its locale. */
export const wordsOf = (node: object, type: string): Words => {
  const edited = node as { _(key: string, args: object): string };
  return (key, args = {}) => edited._(`${type}.${key}`, args);
};
