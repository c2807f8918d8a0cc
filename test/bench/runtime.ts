/** A real Node-RED runtime in this process: the built palette, the benchmark's own nodes, nothing else. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Node, NodeMessage } from 'node-red';
import { NodeRedServer } from '../../flows/node-red-server.js';

export type FlowNode = Readonly<Record<string, unknown>> & { readonly id: string; readonly type: string };

interface NodeRed {
  readonly nodes: { getNode(id: string): Node };
}

const ROOT = resolve(__dirname, '..', '..');
const OWN_NODES = ['bench-source', 'bench-pass', 'bench-fan', 'bench-sink'];

/**
 * Runs `work` with the flow started; Node-RED is stopped afterwards. Once in a process.
 * @param palettes folders of further packages of nodes
 */
export async function withFlow<T>(
  flow: readonly FlowNode[],
  palettes: readonly string[],
  work: (node: (id: string) => Node) => Promise<T>,
): Promise<T> {
  const userDir = mkdtempSync(join(tmpdir(), 'strandwatch-bench-'));
  const server = new NodeRedServer();
  try {
    const flowFile = join(userDir, 'flows.json');
    const tab = { id: 'tab', type: 'tab', label: 'bench' };
    const isOnTab = ({ wires }: FlowNode): boolean => wires !== undefined;
    const nodes = flow.map((node) => (isOnTab(node) ? { ...node, z: 'tab', x: 0, y: 0 } : node));
    writeFileSync(flowFile, JSON.stringify([tab, ...nodes]));
    await server.listen(0, '127.0.0.1');
    await server.start({
      ...{ userDir, flowFile, uiHost: '127.0.0.1', nodesDir: [ROOT, ownNodes(userDir), ...palettes] },
      ...{ httpAdminRoot: '/', logging: { console: { level: 'error' } }, disableEditor: true },
      ...{
        telemetry: { enabled: false },
        externalModules: { autoInstall: false },
        credentialSecret: 'bench',
      },
    });
    const { nodes: registry } = createRequire(__filename)('node-red') as NodeRed;
    return await work((id) => registry.getNode(id));
  } finally {
    await server.stop();
    rmSync(userDir, { recursive: true, force: true });
  }
}

/** Hands messages to `into`, a few at a time, and waits until `sink` got `perMessage` for each. */
export async function pump(
  into: Node,
  sink: Node,
  messages: readonly NodeMessage[],
  perMessage: number,
): Promise<void> {
  const turn = 50;
  let [received, wanted] = [0, 0];
  let go: () => void = () => undefined;
  const count = (): void => {
    received++;
    if (received >= wanted) go();
  };
  sink.on('input', count);
  try {
    for (let from = 0; from < messages.length; from += turn) {
      const some = messages.slice(from, from + turn);
      wanted += some.length * perMessage;
      const all = new Promise<void>((resolve) => (go = resolve));
      for (const message of some) into.receive(message);
      await all;
    }
  } finally {
    sink.removeListener('input', count);
  }
}

/** Node-RED finds a node by a script with a page of the same name beside it. */
function ownNodes(folder: string): string {
  const nodes = join(folder, 'bench-nodes');
  mkdirSync(nodes);
  for (const type of OWN_NODES) {
    const source = join(__dirname, 'nodes', `${type}.ts`);
    writeFileSync(
      join(nodes, `${type}.js`),
      `module.exports = require(${JSON.stringify(source)}).default;\n`,
    );
    writeFileSync(
      join(nodes, `${type}.html`),
      `<script type="text/html" data-template-name="${type}"></script>\n`,
    );
  }
  return nodes;
}
