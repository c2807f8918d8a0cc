/** Real nodes in Node-RED's test helper: loads a flow, sends, and waits for what comes out. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import helper from 'node-red-node-test-helper';
import type { Node, NodeAPI } from 'node-red';

type Register = (RED: NodeAPI) => void;
export type FlowNode = Readonly<Record<string, unknown>> & { readonly id: string; readonly type: string };
export type Message = Record<string, unknown>;

helper.init(require.resolve('node-red'));

/** Starts the helper's server before the tests of a suite, and clears flows after each of them. */
export function useNodeRed(): void {
  before(() => helper.startServer());
  afterEach(() => helper.unload());
  after(() => helper.stopServer());
}

/** Gives each test of a suite a user directory of its own: live changes and logs are kept there. @returns its path */
export function useUserDir(): () => string {
  let userDir = '';
  beforeEach(() => {
    userDir = mkdtempSync(join(tmpdir(), 'strandwatch-'));
    helper.settings({ userDir });
  });
  afterEach(() => rmSync(userDir, { recursive: true, force: true }));
  return () => userDir;
}

/** Loads the node types and deploys the flow. `helper` ports of outputs are nodes of type `helper`. */
export async function deploy(
  types: readonly Register[],
  flow: readonly FlowNode[],
): Promise<(id: string) => Node> {
  await helper.load(types, flow);
  return (id) => helper.getNode(id);
}

/** Every message that reaches a `helper` node, in order; `next` waits for one more. */
export function collect(node: Node): { readonly messages: Message[]; next(): Promise<Message> } {
  const messages: Message[] = [];
  const waiting: ((message: Message) => void)[] = [];
  let taken = 0;
  node.on('input', (msg) => {
    messages.push(msg);
    waiting.shift()?.(msg);
  });
  return {
    messages,
    next() {
      if (taken < messages.length) return Promise.resolve(messages[taken++]!);
      taken++;
      return new Promise((resolve) => waiting.push(resolve));
    },
  };
}

/** The errors that nodes handed to `done` or logged since the flow was loaded, oldest first. */
export const errorsOf = (): string[] => loggedAt((level, { ERROR }) => level <= ERROR);

/** The warnings that nodes logged since the flow was loaded, oldest first. */
export const warningsOf = (): string[] => loggedAt((level, { WARN }) => level === WARN);

function loggedAt(isWanted: (level: number, levels: { ERROR: number; WARN: number }) => boolean): string[] {
  const log = helper.log();
  return log.args
    .filter(([{ level }]) => isWanted(level, log))
    .map(([{ msg }]) => (msg instanceof Error ? msg.message : String(msg)));
}

/** Closes every node of the flow, as a redeploy does. */
export const undeploy = (): Promise<void> => helper.unload();

/** The messages that a node ended with `done`, by id, as often as it did so. */
export function completionsOf(node: Node): string[] {
  const ended: string[] = [];
  const inner = node as unknown as { _complete(msg: Message, err?: Error): void };
  const complete = inner._complete.bind(node);
  inner._complete = (msg, err) => {
    ended.push(String(msg._msgid));
    complete(msg, err);
  };
  return ended;
}
