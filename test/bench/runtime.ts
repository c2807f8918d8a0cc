/** A real Node-RED runtime in this process, for nodes that are compared with one another. */
import helper from 'node-red-node-test-helper';
import type { Node, NodeAPI, NodeMessage } from 'node-red';

export type Register = (RED: NodeAPI) => void;
export type FlowNode = Readonly<Record<string, unknown>> & { readonly id: string; readonly type: string };

/** Runs `work` with the flow loaded; the nodes are closed and the server stopped afterwards. */
export async function withFlow<T>(
  types: readonly Register[],
  flow: readonly FlowNode[],
  work: (node: (id: string) => Node) => Promise<T>,
): Promise<T> {
  helper.init(require.resolve('node-red'));
  await helper.startServer();
  try {
    await helper.load(types, flow);
    return await work((id) => helper.getNode(id));
  } finally {
    await helper.unload();
    await helper.stopServer();
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
