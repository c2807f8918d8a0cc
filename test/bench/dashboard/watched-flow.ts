/** The reference flow with a clock at its entry: the instant at which each reading of strand 1 left the replay. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../../nodes/lib/package-paths.js';

const PATH = '/bench/entries';
const KEPT = 20_000;

const CLOCK = `
const entries = context.get('entries') || [];
if (msg.req) return { ...msg, payload: entries };
if (msg.topic !== '1' || msg.timestamp === undefined) return null;
entries.push([msg.timestamp, Date.now()]);
if (entries.length > ${KEPT}) entries.shift();
context.set('entries', entries);
return null;
`;

type FlowNode = { id: string; type: string; wires?: string[][]; loop?: boolean };

/** Puts the flow where the launcher takes it for the user's own. The casts begin anew when they end. */
export function writeWatchedFlow(userDir: string): void {
  const nodes = JSON.parse(
    readFileSync(join(packageRoot(), 'flows', 'strandwatch.json'), 'utf8'),
  ) as FlowNode[];
  const replay = nodes.find(({ type }) => type === 'cast-replay')!;
  replay.loop = true;
  replay.wires![0]!.push('bench-clock');
  const tab = { id: 'bench', type: 'tab', label: 'bench' };
  const z = { z: 'bench', x: 100, y: 100 };
  const added = [
    { ...z, id: 'bench-ask', type: 'http in', url: PATH, method: 'get', wires: [['bench-clock']] },
    { ...z, id: 'bench-clock', type: 'function', func: CLOCK, outputs: 1, wires: [['bench-answer']] },
    { ...z, id: 'bench-answer', type: 'http response', wires: [] },
  ];
  mkdirSync(userDir, { recursive: true });
  writeFileSync(join(userDir, 'flows.json'), JSON.stringify([...nodes, tab, ...added]));
}

/** Cast time and wall clock of each reading's entry, ms. */
export async function entriesAt(
  address: string,
): Promise<readonly (readonly [cast: number, wall: number])[]> {
  const answer = await fetch(`${address}${PATH}`);
  return (await answer.json()) as [number, number][];
}
