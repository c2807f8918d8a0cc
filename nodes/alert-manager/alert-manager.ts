import { join } from 'node:path';
import type { Node, NodeAPI, NodeDef } from 'node-red';
import {
  answerCommand,
  answerLater,
  fail,
  nodeById,
  refuseToStart,
  type Done,
  type Send,
} from '../lib/adapter.js';
import type { AlarmRecord } from '../lib/alarm.js';
import { systemClock } from '../lib/clock.js';
import type { StrandConfigNode } from '../lib/config-node.js';
import type { StrandWatchConfig } from '../lib/config/schema.js';
import { asError } from '../lib/errors.js';
import { followConfig, noConfiguration } from '../lib/follow-config.js';
import { commandFrom, type Command } from '../lib/messages.js';
import { ThrottledStatus } from '../lib/node-status.js';
import { userPath } from '../lib/package-paths.js';
import { AlarmDesk } from './alarm-desk.js';
import { AlarmStore } from './alarm-store.js';
import { parseConfig, type AlertManagerConfig } from './alert-manager.config.js';
import { exportIn } from './command-args.js';
import { attempt, type CommandTools } from './commands.js';
import { evidenceFrom } from './evidence.js';
import { exportJournal } from './export-file.js';
import { csvOf } from './journal-export.js';
import type { Transition } from './life-cycle.js';
import { Performance } from './kpi/performance.js';
import { nodePager, type NodePager } from './notify/node-pager.js';
import { newsOf } from './notify/notification.js';
import { Outbox, type OutSend } from './outbox.js';
import { nextDue, passTime } from './people-time.js';
import { restore, snapshotOf } from './restore.js';
import { settingsInForce, type AlarmSettings } from './settings.js';
import { silenceAfter, statusOf } from './status.js';
import { WakeUp } from './wake-up.js';

const OUTPUTS = 3;
/** Node-RED must be able to close within a second, disk or no disk. */
const CLOSE_PATIENCE_MS = 700;
const DAY_MS = 86_400_000;

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
    let notifying: NodePager | null = null;
    let performance: Performance | null = null;
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

    const folderOf = ({ logging }: StrandWatchConfig): string =>
      userPath(logging.directory, RED.settings.userDir ?? '.');
    const journalPath = (current: StrandWatchConfig): string => join(folderOf(current), journalName(node.id));
    const channelsOf = ({ rule }: AlarmRecord): readonly string[] | null =>
      settings?.rules.find(({ name }) => name === rule)?.channels ?? null;
    const storeOptions = (current: StrandWatchConfig) => ({
      path: journalPath(current),
      maxBytes: current.logging.max_size_mb * 1e6,
      keepFiles: current.logging.max_files,
      maxAgeMs: current.logging.max_age_days * DAY_MS,
      keepHistory: current.alerts.history,
      clock: systemClock,
      snapshot: () => snapshotOf(desk),
      report,
      warn: (text: string) => node.warn(text),
    });

    /** What no message brought about: time that passed, a rule that was removed. */
    const tell = (transitions: readonly Transition[]): void => {
      if (settings === null || outbox === null || transitions.length === 0) return;
      const watches = desk.watches.takeChanges();
      const parcel = { transitions, watches, envelope: {}, startedAt: systemClock.mono() };
      outbox.post(
        parcel,
        (messages) => node.send(messages),
        (thrown) => {
          if (thrown !== undefined) node.error(asError(thrown).message);
        },
      );
      showStatus();
    };
    const wakeUp = new WakeUp(systemClock, () => {
      if (settings !== null) tell(passTime(desk, systemClock.wall(), settings));
      planWakeUp();
    });
    const planWakeUp = (): void => {
      if (settings !== null) wakeUp.plan(nextDue(desk.book.open(null), settings));
    };

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
        restore(desk, store.restored, systemClock.wall(), current.alerts.history);
        const { open, past } = desk.book.snapshot();
        notifying = nodePager(node, folderOf(current), current.logging);
        const { pager } = notifying;
        const tally = new Performance(current.alerts.performance, [...past, ...open], systemClock.wall());
        performance = tally;
        outbox = new Outbox(store, systemClock, (transitions) => {
          tally.hear(transitions);
          pager.hear(transitions, channelsOf);
        });
        if (settings !== null) pager.configure(settings.notify);
        pager.start(open.map(newsOf), past.map(newsOf), channelsOf);
      } else if (settings !== null) notifying?.pager.configure(settings.notify);
      if (settings !== null) tell(desk.retire(systemClock.wall(), settings));
      planWakeUp();
      showStatus();
    });

    const toolsWith = (inForce: AlarmSettings): CommandTools => ({
      desk,
      settings: inForce,
      wall: systemClock.wall(),
      kpis: () => performance!.kpis(desk.book.open(null), systemClock.wall()),
      setThresholds(thresholds, by) {
        config!.setLive('alerts.thresholds', thresholds, by);
        return settings!.thresholds;
      },
    });

    const obey = (command: Command, _msgid: string | undefined, send: Send & OutSend, done: Done): void => {
      if (settings === null || outbox === null) throw problem ?? noConfiguration();
      if (command.name === 'export') {
        const request = exportIn(command);
        void answerLater(command, OUTPUTS, send, done, async () => {
          const { rows, truncated } = await exportJournal(journalPath(config!.current!), request);
          return { format: request.format, truncated, rows: request.format === 'csv' ? csvOf(rows) : rows };
        });
        return;
      }
      const startedAt = systemClock.mono();
      const { transitions, answer } = attempt(command, toolsWith(settings));
      const watches = desk.watches.takeChanges();
      const parcel = { transitions, watches, envelope: { _msgid }, startedAt };
      outbox.post(parcel, send, () => answerCommand(command, OUTPUTS, send, done, answer));
      planWakeUp();
      showStatus();
    };

    node.on('input', (msg, send, done) => {
      const startedAt = systemClock.mono();
      try {
        const command = commandFrom(msg);
        if (command !== null) return obey(command, msg._msgid, send, done);
        if (settings === null || outbox === null) throw problem ?? noConfiguration();
        const evidence = evidenceFrom(msg);
        const transitions = desk.assess(evidence, systemClock.wall(), settings);
        const watches = desk.watches.takeChanges();
        const heard = silenceAfter(evidence, silent, settings.rules);
        if (transitions.length > 0 || heard !== silent) {
          silent = heard;
          showStatus();
        }
        if (transitions.length === 0 && watches.length === 0) return done();
        if (transitions.length > 0) planWakeUp();
        const parcel = { transitions, watches, envelope: { ...msg }, startedAt };
        outbox.post(parcel, send, (thrown) => (thrown === undefined ? done() : fail(thrown, done)));
      } catch (err) {
        fail(err, done);
      }
    });
    node.on('close', (done: () => void) => {
      wakeUp.cancel();
      const closed = (): void => {
        status.close();
        done();
      };
      const closing = [store, notifying].map((open) => open?.close(CLOSE_PATIENCE_MS) ?? Promise.resolve());
      void Promise.allSettled(closing).then(closed);
    });
  }

  RED.nodes.registerType('alert-manager', AlertManagerNode);
}

const journalName = (id: string): string => `alarms-${id.replaceAll(/[^\w-]/g, '_')}.jsonl`;
