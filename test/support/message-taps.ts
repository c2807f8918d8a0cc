/** What properties the messages of a flow's StrandWatch nodes have, noted in a file by nodes wired to their outputs. */
import { existsSync, readFileSync } from 'node:fs';
import type { FlowNode } from './flow-file.js';

/** The flow with a tap on each output of each node of these types. */
export function tapped(flow: readonly FlowNode[], types: readonly string[], record: string): object[] {
  const taps = flow
    .filter(({ type, wires = [] }) => types.includes(type) && wires.length > 0)
    .flatMap(({ id, type, z, wires }) => wires!.map((_, port) => tap(`${id}-tap-${port}`, type, z)));
  const note = {
    ...{
      id: 'tap-note',
      type: 'file',
      z: taps[0]?.z,
      x: 500,
      y: 1000,
      filename: record,
      filenameType: 'str',
    },
    ...{ appendNewline: true, createDir: false, overwriteFile: 'false', encoding: 'utf8', wires: [[]] },
  };
  const names = new Set(taps.map(({ id }) => id));
  const wiredOn = flow.map((node) => ({
    ...node,
    wires: node.wires?.map((port, index) =>
      names.has(`${node.id}-tap-${index}`) ? [...port, `${node.id}-tap-${index}`] : port,
    ),
  }));
  return taps.length === 0 ? [...flow] : [...wiredOn, ...taps, note];
}

const tap = (id: string, type: string, z: string | undefined) => ({
  ...{ id, type: 'function', z, x: 400, y: 1000, outputs: 1, libs: [], wires: [['tap-note']] },
  func: `
    const seen = context.get('seen') ?? [];
    const fresh = Object.keys(msg).filter((name) => !seen.includes(name));
    if (fresh.length === 0) return null;
    context.set('seen', [...seen, ...fresh]);
    return { payload: fresh.map((name) => '${type} ' + name).join('\\n') };`,
});

/** Type and property, such as `ensemble timestamp`, each once. */
export const propertiesIn = (record: string): readonly string[] =>
  existsSync(record) ? [...new Set(readFileSync(record, 'utf8').split('\n').filter(Boolean))] : [];
