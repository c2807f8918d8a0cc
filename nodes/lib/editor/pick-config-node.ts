import type { EditorRED } from 'node-red';

declare const RED: EditorRED;

interface ConfigNode {
  readonly id: string;
  readonly type: string;
  readonly kind?: string;
}

/**
 * A node that is new on the workspace takes the only config node that it could choose; where there are several, the
 * choice is left to the user. What is already chosen (a pasted or imported node) stays.
 */
export function pickOnly(node: object, field: string, isChoice: (candidate: ConfigNode) => boolean): void {
  const fields = node as Record<string, unknown>;
  if (fields[field] !== '' && fields[field] !== undefined) return;
  const choices: ConfigNode[] = [];
  RED.nodes.eachConfig((candidate) => {
    if (isChoice(candidate as unknown as ConfigNode)) choices.push(candidate as unknown as ConfigNode);
    return true;
  });
  if (choices.length === 1) fields[field] = choices[0]!.id;
}

export const isStrandConfig = ({ type }: ConfigNode): boolean => type === 'strand-config';

/** Is it a model of this kind? */
export const isModel =
  (kind: string) =>
  (candidate: ConfigNode): boolean =>
    candidate.type === 'onnx-model' && candidate.kind === kind;

/** What a field that holds a model of this kind is defined by; Node-RED's types don't know of `filter`. */
export const modelOf = (kind: string) => ({ type: 'onnx-model', required: true, filter: isModel(kind) });
