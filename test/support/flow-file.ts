import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../nodes/lib/package-paths.js';

/** A node of a flow file, as Node-RED saves it. */
export interface FlowNode {
  readonly id: string;
  readonly type: string;
  readonly name?: string;
  readonly z?: string;
  readonly wires?: readonly (readonly string[])[];
  readonly [field: string]: unknown;
}

/** @param file path from the root of the repository */
export const nodesOf = (file: string): FlowNode[] =>
  JSON.parse(readFileSync(join(packageRoot(), file), 'utf8')) as FlowNode[];

const flowsIn = (folder: string): string[] =>
  readdirSync(join(packageRoot(), folder))
    .filter((file) => file.endsWith('.json'))
    .map((file) => `${folder}/${file}`);

export const exampleFiles = (): string[] => flowsIn('examples');
export const shippedFlows = (): string[] => [...flowsIn('flows'), ...exampleFiles()];

/** What the comment node of an example tells: its name says what to do, its text what will be seen. */
export function commentOf(flow: readonly FlowNode[]): { readonly title: string; readonly text: string } {
  const comment = flow.find(({ type }) => type === 'comment');
  return { title: comment?.name ?? '', text: typeof comment?.info === 'string' ? comment.info : '' };
}
