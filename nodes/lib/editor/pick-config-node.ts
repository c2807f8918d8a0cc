import type { EditorRED } from 'node-red';

declare const RED: EditorRED;

interface ConfigNode {
  readonly id: string;
  readonly type: string;
  readonly kind?: string;
}

/**
 * A node that is new on the workspace takes the config node that is likely meant: the only one there is, or the only one
 * that the other nodes of its tab use. Else the choice is left to the user. What is already chosen (in a pasted or
 * imported node) stays.
 */
export function pickLikely(node: object, field: string, isChoice: (candidate: ConfigNode) => boolean): void {
  const fields = node as Record<string, unknown>;
  if (fields[field] !== '' && fields[field] !== undefined) return;
  const choices: string[] = [];
  RED.nodes.eachConfig((candidate) => {
    const one = candidate as unknown as ConfigNode;
    if (isChoice(one)) choices.push(one.id);
    return true;
  });
  const used = choices.length > 1 ? choices.filter((id) => isUsedHere(id, field)) : choices;
  if (used.length === 1) fields[field] = used[0];
}

/** Does a node of the tab that is shown hold it in that field? */
const isUsedHere = (id: string, field: string): boolean =>
  RED.nodes
    .filterNodes({ z: RED.workspaces.active() })
    .some((other) => (other as unknown as Readonly<Record<string, unknown>>)[field] === id);

export const isStrandConfig = ({ type }: ConfigNode): boolean => type === 'strand-config';

/** Is it a model of this kind? */
export const isModel =
  (kind: string) =>
  (candidate: ConfigNode): boolean =>
    candidate.type === 'onnx-model' && candidate.kind === kind;

/** What a field that holds a model of this kind is defined by; Node-RED's types don't know of `filter`. */
export const modelOf = (kind: string) => ({ type: 'onnx-model', required: true, filter: isModel(kind) });
