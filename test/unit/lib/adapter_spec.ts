import assert from 'node:assert/strict';
import type { NodeMessage } from 'node-red';
import {
  answerCommand,
  answerLater,
  commandUser,
  stamp,
  unknownCommand,
} from '../../../nodes/lib/adapter.js';
import { monoMs } from '../../../nodes/lib/clock.js';
import { ConfigError } from '../../../nodes/lib/errors.js';
import type { Command, CommandAnswer } from '../../../nodes/lib/messages.js';
import { FakeClock } from '../../support/fake-clock.js';

const command: Command = { name: 'seek', strand: 's1', args: {} };

/** What a command leads to: messages by output, and the calls of `done`. */
class Outcome {
  readonly sent: (NodeMessage | null)[][] = [];
  readonly ended: (Error | undefined)[] = [];
  readonly send = (messages: NodeMessage | (NodeMessage | null)[]): void => {
    this.sent.push(Array.isArray(messages) ? messages : [messages]);
  };
  readonly done = (err?: Error): void => {
    this.ended.push(err);
  };

  get answer(): CommandAnswer {
    return (this.sent[0]!.at(-1) as unknown as { answer: CommandAnswer }).answer;
  }
}

describe('answerCommand', () => {
  it('answers from the last output and ends the message once', () => {
    const outcome = new Outcome();
    answerCommand(command, 3, outcome.send, outcome.done, () => ({ position: 60 }));
    assert.deepEqual(outcome.sent[0]!.slice(0, 2), [null, null]);
    assert.deepEqual(outcome.answer, { command: 'seek', ok: true, result: { position: 60 } });
    assert.deepEqual(outcome.ended, [undefined]);
  });

  it('gives back with the answer what came with the question', () => {
    const outcome = new Outcome();
    const asked = { ...command, envelope: { _msgid: 'a1', socketid: 'b2' } };
    answerCommand(asked, 1, outcome.send, outcome.done, () => 1);
    const { _msgid, socketid } = outcome.sent[0]![0] as unknown as Record<string, unknown>;
    assert.deepEqual([_msgid, socketid], ['a1', 'b2']);
  });

  it('answers a refusal with code and words, and ends the message with the error', () => {
    const outcome = new Outcome();
    const error = new ConfigError('CONFIG_INVALID', 'too high');
    answerCommand(command, 2, outcome.send, outcome.done, () => {
      throw error;
    });
    assert.deepEqual(outcome.answer, {
      command: 'seek',
      ok: false,
      code: 'CONFIG_INVALID',
      message: 'too high',
    });
    assert.deepEqual(outcome.ended, [error]);
    assert.equal(outcome.sent.length, 1);
  });

  it('does the same for a command that takes a while', async () => {
    const [good, bad] = [new Outcome(), new Outcome()];
    await answerLater(command, 2, good.send, good.done, () => Promise.resolve(5));
    await answerLater(command, 2, bad.send, bad.done, () => Promise.reject(new Error('gone')));
    assert.deepEqual([good.answer.ok, good.ended.length], [true, 1]);
    assert.deepEqual([bad.answer.code, bad.ended.length], ['COMMAND_REFUSED', 1]);
  });
});

describe('stamp', () => {
  it('adds what a stage took to the timings that travel with the message', () => {
    const clock = new FakeClock();
    clock.advance(7);
    const timings = { entry: monoMs(0), stages: { buffer: 1 } };
    assert.equal(stamp(timings, 'features', monoMs(5), clock), timings);
    assert.deepEqual(timings.stages, { buffer: 1, features: 2 });
  });

  it('lets a message without timings enter here', () => {
    const clock = new FakeClock();
    clock.advance(7);
    assert.deepEqual(stamp(undefined, 'features', monoMs(5), clock), { entry: 5, stages: { features: 2 } });
  });
});

describe('a command', () => {
  it('is given by the logged-in user, else by the flow', () => {
    assert.equal(commandUser({ ...command, args: { user: 'anna' } }), 'anna');
    assert.equal(commandUser({ ...command, args: { user: 5 } }), 'flow');
    assert.equal(commandUser(command), 'flow');
  });

  it('that is unknown is refused with the list of those known', () => {
    const { code, message } = unknownCommand(command, ['start', 'pause']);
    assert.equal(code, 'COMMAND_UNKNOWN');
    assert.equal(message, 'msg.command: expected one of start, pause, got "seek".');
  });
});
