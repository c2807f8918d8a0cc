/** What a flow's debug nodes show in the sidebar, noted in a file by nodes put beside them. */
import { existsSync, readFileSync } from 'node:fs';
import type { FlowNode } from './flow-file.js';

export interface Shown {
  /** Id of the debug node. */
  readonly debug: string;
  /** What it shows: the payload, the part of the message that it names, or the whole message. */
  readonly value: unknown;
  /** Cast second of the message, where it knows one. */
  readonly castS: number | undefined;
}

/** Nodes that write each message of each debug node to `record`, once the debug node has dealt with it. */
export function sidebarWitnesses(flow: readonly FlowNode[], record: string): object[] {
  const debugs = flow.filter(({ type }) => type === 'debug');
  if (debugs.length === 0) return [];
  const at = { z: debugs[0]!.z, x: 300, y: 1000 };
  return [
    ...debugs.flatMap(({ id, complete }) => [
      { id: `${id}-shown`, type: 'complete', ...at, scope: [id], wires: [[`${id}-seen`]] },
      {
        ...{ id: `${id}-seen`, type: 'function', ...at, func: noteOf(id, String(complete)) },
        ...{ outputs: 1, libs: [], wires: [['sidebar-note']] },
      },
    ]),
    {
      ...{ id: 'sidebar-note', type: 'file', ...at, filename: record, filenameType: 'str', wires: [[]] },
      ...{ appendNewline: true, createDir: false, overwriteFile: 'false', encoding: 'utf8' },
    },
  ];
}

/** Long arrays of numbers are told by their length. */
const noteOf = (id: string, complete: string): string => `
  const brief = (key, value) => (ArrayBuffer.isView(value) ? { numbers: value.length } : value);
  const value = ${complete === 'true' ? 'msg' : `RED.util.getMessageProperty(msg, '${complete}')`};
  return { payload: JSON.stringify({ debug: '${id}', value, castS: msg.cast?.elapsed }, brief) };`;

/** Everything shown so far, in order. The last line may still be in the writing. */
export function shownIn(record: string): Shown[] {
  if (!existsSync(record)) return [];
  return readFileSync(record, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Shown);
}
