/** What the thin adapters between Node-RED and the cores have in common. */
import type { Node, NodeAPI, NodeMessage } from 'node-red';
import { asError, MessageError, shown, StrandWatchError } from './errors.js';
import type { Clock, MonoMs } from './clock.js';
import type { Command, CommandAnswer, Timings } from './messages.js';

export type { NodeMessage };
export type Done = (err?: Error) => void;
export type Send = (messages: NodeMessage | (NodeMessage | null)[]) => void;

/** Ends a message that failed: the error goes to `done` once, from where Node-RED hands it to catch nodes. */
export function fail(thrown: unknown, done: Done): void {
  done(asError(thrown));
}

/** A node whose form holds something unusable: red status with the reason, and the same reason to every message. */
export function refuseToStart(node: Node, thrown: unknown): void {
  const error = asError(thrown);
  node.status({ fill: 'red', shape: 'ring', text: error.message });
  node.error(error.message);
  node.on('input', (_msg, _send, done) => done(error));
}

/**
 * Carries a command out and sends the answer from the last of a node's `outputs`.
 * A command that fails is answered too, and its error goes to `done`, so that it isn't lost where nothing is wired.
 */
export function answerCommand(
  command: Command,
  outputs: number,
  send: Send,
  done: Done,
  carryOut: (command: Command) => unknown,
): void {
  let result: unknown;
  try {
    result = carryOut(command) ?? null;
  } catch (thrown) {
    const error = asError(thrown);
    const code = error instanceof StrandWatchError ? error.code : 'COMMAND_REFUSED';
    send(atLast(outputs, answerMessage(command, { ok: false, code, message: error.message })));
    return done(error);
  }
  send(atLast(outputs, answerMessage(command, { ok: true, result })));
  done();
}

/** As `answerCommand`, for commands that take a while, such as those that read files. Never rejects. */
export async function answerLater(
  command: Command,
  outputs: number,
  send: Send,
  done: Done,
  carryOut: (command: Command) => Promise<unknown>,
): Promise<void> {
  const outcome = await carryOut(command).then(
    (result) => () => result,
    (thrown: unknown) => () => {
      throw asError(thrown);
    },
  );
  answerCommand(command, outputs, send, done, outcome);
}

/** Whatever else the question carried goes back with the answer, so that it finds the one who asked. */
export function answerMessage(
  { name, strand, envelope }: Command,
  outcome: Omit<CommandAnswer, 'command'>,
): NodeMessage {
  const answer: CommandAnswer = { command: name, ...outcome };
  return {
    ...envelope,
    topic: strand ?? '',
    command: name,
    payload: outcome.result ?? null,
    answer,
  };
}

function atLast(outputs: number, message: NodeMessage): (NodeMessage | null)[] {
  return [...new Array<null>(outputs - 1).fill(null), message];
}

/** Who gave a command: the dashboard puts the logged-in user there. */
export const commandUser = ({ args }: Command): string =>
  typeof args.user === 'string' && args.user !== '' ? args.user : 'flow';

/** The error for a command a node doesn't know, listing the ones it does. */
export function unknownCommand(command: Command, known: readonly string[]): MessageError {
  return new MessageError(
    'COMMAND_UNKNOWN',
    `msg.command: expected one of ${known.join(', ')}, got ${shown(command.name)}.`,
  );
}

/**
 * Timings with `stage` added: the ms since `startedAt`. The same object, since it travels with the message; a message
 * that came without any from elsewhere enters here.
 */
export function stamp(timings: Timings | undefined, stage: string, startedAt: MonoMs, clock: Clock): Timings {
  const isWhole =
    typeof timings?.entry === 'number' && typeof timings.stages === 'object' && timings.stages !== null;
  const kept = isWhole ? timings : { entry: startedAt, stages: {} };
  kept.stages[stage] = clock.mono() - startedAt;
  return kept;
}

/** The node with this id, taken to be of the wanted kind; null when the field was left blank or the node is missing. */
export function nodeById<T extends Node>(RED: NodeAPI, id: string): T | null {
  return id === '' ? null : ((RED.nodes.getNode(id) as T | null | undefined) ?? null);
}
