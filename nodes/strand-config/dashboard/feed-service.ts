import { answerCommand, commandUser, unknownCommand, type NodeMessage } from '../../lib/adapter.js';
import type { StrandConfigNode } from '../../lib/config-node.js';
import { commandFrom, type Command } from '../../lib/messages.js';
import type { Feed } from './feed.js';
import { frameRequest } from './frame-request.js';
import { resetPath, settingChange } from './live-setting.js';

const OUTPUTS = 2;
const COMMANDS = ['get-frame', 'preview', 'set', 'reset-to-file'] as const;

/** What leaves a function node with two outputs: the reading that goes on, and the answer. */
type Outputs = (NodeMessage | null)[];

type Changes = Pick<StrandConfigNode, 'setLive' | 'resetLive' | 'liveChanges'>;

/**
 * The feed as a function node reaches it: `return global.get('strandwatchFeeds')[id].pass(msg, (err) => node.error(err, msg))`.
 * A stock node does the wiring, so that the palette needs no type of its own for it.
 */
export class FeedService {
  constructor(
    private readonly feed: Feed,
    private readonly config: Changes,
  ) {}

  /**
   * Keeps what the message tells, or carries its command out. Never throws: a flow that shows must not stop one that judges.
   * @param complain told what was wrong with a command, which is answered too
   */
  pass(msg: NodeMessage, complain: (err: Error) => void): Outputs {
    let sent: Outputs = [null, null];
    try {
      const command = isForOthers(msg) ? null : commandFrom(msg);
      if (command === null) return this.feed.observe(msg) ? [msg, null] : [null, null];
      if (command.name === 'get-frame')
        return [null, frameMessage(command, this.feed.frame(frameRequest(command.args)))];
      const send = (messages: NodeMessage | Outputs): void => void (sent = messages as Outputs);
      answerCommand(command, OUTPUTS, send, (err) => err !== undefined && complain(err), this.carryOut);
    } catch (err) {
      complain(err as Error);
    }
    return sent;
  }

  private readonly carryOut = (command: Command): unknown => {
    if (command.name === 'preview') return this.feed.preview(command.args);
    if (command.name === 'set') {
      const { path, value } = settingChange(command.args);
      this.config.setLive(path, value, commandUser(command));
    } else if (command.name === 'reset-to-file')
      this.config.resetLive(resetPath(command.args), commandUser(command));
    else throw unknownCommand(command, COMMANDS);
    return this.config.liveChanges;
  };
}

/** Answers, alarms and caught errors may still carry the command that caused them: it isn't meant for here. */
const isForOthers = (msg: object): boolean => 'answer' in msg || 'event' in msg || 'error' in msg;

/** As any answer, but with the frame told once: it may be large. */
function frameMessage({ name, envelope }: Command, frame: object): NodeMessage {
  const message = {
    ...envelope,
    topic: '',
    command: name,
    payload: frame,
    answer: { command: name, ok: true },
  };
  return message;
}
