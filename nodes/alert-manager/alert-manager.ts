import { join } from 'node:path';
import type { Node, NodeAPI, NodeDef } from 'node-red';
import { answerCommand, fail, nodeById, refuseToStart } from '../lib/adapter.js';
import { systemClock } from '../lib/clock.js';
import type { StrandConfigNode } from '../lib/config-node.js';
import type { StrandWatchConfig } from '../lib/config/schema.js';
import { asError } from '../lib/errors.js';
import { followConfig, noConfiguration } from '../lib/follow-config.js';
import { commandFrom } from '../lib/messages.js';
import { ThrottledStatus } from '../lib/node-status.js';
import { userPath } from '../lib/package-paths.js';
import { AlarmDesk } from './alarm-desk.js';
import { AlarmStore } from './alarm-store.js';
import { parseConfig, type AlertManagerConfig } from './alert-manager.config.js';
import { attempt, type CommandTools } from './commands.js';
import { evidenceFrom } from './evidence.js';
import { Outbox } from './outbox.js';
import { settingsInForce, type AlarmSettings } from './settings.js';
import { silenceAfter, statusOf } from './status.js';

const OUTPUTS = 3;
/** Node-RED must be able to close within a second, disk or no disk. */
const CLOSE_PATIENCE_MS = 700;

export default function register(RED: NodeAPI): void {
  function AlertManagerNode(this: Node, def: NodeDef): void {
    RED.nodes.createNode(this, def);
    try {
      start(this, parseConfig({ ...def }));
    } catch (err) {
      refuseToStart(this, err);
    }
  }

  function start(node: Node, own: AlertManagerConfig): void {
    const config = nodeById<StrandConfigNode>(RED, own.strandConfig);
    const status = new ThrottledStatus(node, systemClock);
    const desk = new AlarmDesk();
    let settings: AlarmSettings | null = null;
    let problem: Error | null = null;
    let store: AlarmStore | null = null;
    let outbox: Outbox | null = null;
    let isStored = true;
    /** A strand whose last message held no probability. */
    let silent: string | null = null;

    const showStatus = (): void => {
      if (problem !== null) status.show({ fill: 'red', shape: 'ring', text: problem.message });
      else status.show(statusOf(desk.book, { silent, isStored }, (key, words) => RED._(key, words ?? {})));
    };
    const report = (trouble: Error | null): void => {
      isStored = trouble === null;
      if (trouble !== null) node.error(trouble.message);
      else node.warn(RED._('alert-manager.status.storedAgain'));
      showStatus();
    };

    const storeOptions = ({ logging, alerts }: StrandWatchConfig) => ({
      path: join(userPath(logging.directory, RED.settings.userDir ?? '.'), journalName(node.id)),
      maxBytes: logging.max_size_mb * 1e6,
      keepFiles: logging.max_files,
      keepHistory: alerts.history,
      clock: systemClock,
      snapshot: () => desk.book.snapshot(),
      report,
      warn: (text: string) => node.warn(text),
    });

    followConfig(node, config, (current) => {
      try {
        settings = settingsInForce(config!, own);
        problem = null;
      } catch (err) {
        // What was in force before goes on: alarms must not stop for a slip in the file.
        problem = asError(err);
        node.error(problem.message);
      }
      if (store === null) {
        store = AlarmStore.open(storeOptions(current));
        outbox = new Outbox(store, systemClock);
        desk.restore(store.restored, systemClock.wall(), current.alerts.history);
      }
      showStatus();
    });

    const toolsWith = (inForce: AlarmSettings): CommandTools => ({
      desk,
      settings: inForce,
      wall: systemClock.wall(),
      setThresholds(thresholds, by) {
        config!.setLive('alerts.thresholds', thresholds, by);
        return settings!.thresholds;
      },
    });

    node.on('input', (msg, send, done) => {
      const startedAt = systemClock.mono();
      try {
        const command = commandFrom(msg);
        if (settings === null || outbox === null) throw problem ?? noConfiguration();
        if (command !== null) {
          const { _msgid } = msg;
          const { transitions, answer } = attempt(command, toolsWith(settings));
          const parcel = { transitions, envelope: { _msgid }, startedAt, settings };
          outbox.post(parcel, send, () => answerCommand(command, OUTPUTS, send, done, answer));
          return showStatus();
        }
        const evidence = evidenceFrom(msg, settings.source);
        if (evidence === null) return done();
        const transitions = desk.assess(evidence, systemClock.wall(), settings);
        const heard = silenceAfter(evidence, silent);
        if (transitions.length > 0 || heard !== silent) {
          silent = heard;
          showStatus();
        }
        if (transitions.length === 0) return done();
        const parcel = { transitions, envelope: { ...msg }, startedAt, settings };
        outbox.post(parcel, send, (thrown) => (thrown === undefined ? done() : fail(thrown, done)));
      } catch (err) {
        fail(err, done);
      }
    });
    node.on('close', (done: () => void) => {
      const closed = (): void => {
        status.close();
        done();
      };
      void (store?.close(CLOSE_PATIENCE_MS) ?? Promise.resolve()).then(closed, closed);
    });
  }

  RED.nodes.registerType('alert-manager', AlertManagerNode);
}

const journalName = (id: string): string => `alarms-${id.replaceAll(/[^\w-]/g, '_')}.jsonl`;
