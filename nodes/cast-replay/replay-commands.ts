import { unknownCommand } from '../lib/adapter.js';
import { ConfigError, MessageError } from '../lib/errors.js';
import type { Command } from '../lib/messages.js';
import { numberField } from '../lib/parse-field.js';
import { castChoices, type CastChoice } from './cast-choice.js';
import { speedField, strandsField } from './cast-replay.config.js';
import type { Replay } from './replay.js';

/** What commands act on: the replay, and what it takes files for. */
export interface CommandTarget {
  readonly replay: Replay;
  setSpeed(speed: number): void;
  load(casts: readonly CastChoice[], strands: number | undefined): Promise<void>;
  listCasts(): Promise<unknown>;
  readCast(cast: unknown, sensor: unknown): Promise<unknown>;
}

/** Carries commands out. @returns the answer; null for the state of the replay */
type Act = (args: Command['args'], target: CommandTarget) => unknown;

const ACTS: Readonly<Record<string, Act>> = {
  start: (_, { replay }) => replay.start(),
  pause: (_, { replay }) => replay.pause(),
  resume: (_, { replay }) => replay.resume(),
  stop: (_, { replay }) => replay.stop(),
  reset: (_, { replay }) => replay.reset(),
  seek: ({ value, seconds }, { replay }) => replay.seek(secondsIn(value ?? seconds)),
  'set-speed': ({ value, speed }, target) => target.setSpeed(speedIn(value ?? speed)),
  load: (args, target) =>
    target.load(castChoices(args.value ?? args.casts ?? byStrand(args)), strandsField(args.strands)),
  status: () => undefined,
  'list-casts': (_, target) => target.listCasts(),
  'read-cast': ({ cast, sensor }, target) => target.readCast(cast, sensor),
};

/** @returns what the command asked for, else the state of the replay after it. Rejects with the reason it was refused */
export async function carryOut(command: Command, target: CommandTarget): Promise<unknown> {
  const act = Object.hasOwn(ACTS, command.name) ? ACTS[command.name] : undefined;
  if (act === undefined) throw unknownCommand(command, Object.keys(ACTS));
  return (await act(command.args, target)) ?? target.replay.state();
}

/** The error for a message without a command: a replay takes nothing else. */
export const noCommand = (): MessageError =>
  new MessageError(
    'MESSAGE_INVALID',
    `msg.command: expected one of ${Object.keys(ACTS).join(', ')}, got nothing.`,
  );

/** `{ "strand-1": "a" }` is the choice itself; who gave the command, and why, is no strand. */
const byStrand = (args: Command['args']): object =>
  Object.fromEntries(Object.entries(args).filter(([name]) => !['strands', 'user', 'comment'].includes(name)));

function secondsIn(value: unknown): number {
  const seconds = numberField(value, undefined, { field: 'seek', min: 0, unit: 's of cast time' });
  if (seconds === undefined)
    throw new ConfigError('FIELD_INVALID', 'seek: expected s of cast time in msg.payload, got nothing.');
  return seconds;
}

function speedIn(value: unknown): number {
  const speed = speedField(value);
  if (speed === undefined)
    throw new ConfigError(
      'FIELD_INVALID',
      'Speed: expected a number from 0.1 to 1000, or unpaced, got nothing.',
    );
  return speed;
}
