import type { Node, NodeAPI, NodeDef, NodeMessage } from 'node-red';
import { answerCommand, commandUser, fail, nodeById, refuseToStart, unknownCommand } from '../lib/adapter.js';
import { systemClock } from '../lib/clock.js';
import type { StrandConfigNode } from '../lib/config-node.js';
import { followConfig, noConfiguration } from '../lib/follow-config.js';
import { commandFrom, type Command } from '../lib/messages.js';
import { ThrottledStatus } from '../lib/node-status.js';
import { parseConfig, type DashboardFeedConfig } from './dashboard-feed.config.js';
import { Feed } from './feed.js';
import { frameRequest } from './frame-request.js';
import { resetPath, settingChange } from './live-setting.js';
import { serveWidgets } from './widgets-http.js';

const OUTPUTS = 2;
const COMMANDS = ['get-frame', 'preview', 'set', 'reset-to-file'] as const;

export default function register(RED: NodeAPI): void {
  serveWidgets(RED.httpNode);

  function DashboardFeedNode(this: Node, def: NodeDef): void {
    RED.nodes.createNode(this, def);
    try {
      start(this, parseConfig({ ...def }));
    } catch (err) {
      refuseToStart(this, err);
    }
  }

  function start(node: Node, own: DashboardFeedConfig): void {
    const config = nodeById<StrandConfigNode>(RED, own.strandConfig);
    const status = new ThrottledStatus(node, systemClock);
    const feed = new Feed(`${node.id}-${systemClock.wall()}`, systemClock);
    let shown = -1;

    const showStatus = (): void => {
      if (feed.strandCount === shown) return;
      shown = feed.strandCount;
      status.show({
        fill: shown > 0 ? 'green' : 'grey',
        shape: shown > 0 ? 'dot' : 'ring',
        text: RED._('dashboard-feed.status.strands', { count: shown }),
      });
    };

    followConfig(node, config, (current) => {
      feed.configure(current, config!.liveChanges, config!.changeLog);
      shown = -1;
      showStatus();
    });

    node.on('input', (msg, send, done) => {
      try {
        const command = isForOthers(msg) ? null : commandFrom(msg);
        if (command?.name === 'get-frame') {
          send([null, frameMessage(command, feed.frame(frameRequest(command.args)))]);
          return done();
        }
        if (command !== null) return answerCommand(command, OUTPUTS, send, done, carryOut);
        // A reading goes on first: whatever is drawn of it, models and alarms come before.
        const isReading = feed.observe(msg);
        showStatus();
        if (isReading) send([msg, null]);
        done();
      } catch (err) {
        fail(err, done);
      }
    });
    node.on('close', () => status.close());

    const carryOut = (command: Command): unknown => {
      if (config === null) throw noConfiguration();
      if (command.name === 'preview') return feed.preview(command.args);
      if (command.name === 'set') {
        const { path, value } = settingChange(command.args);
        config.setLive(path, value, commandUser(command));
      } else if (command.name === 'reset-to-file')
        config.resetLive(resetPath(command.args), commandUser(command));
      else throw unknownCommand(command, COMMANDS);
      return config.liveChanges;
    };
  }

  RED.nodes.registerType('dashboard-feed', DashboardFeedNode);
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
