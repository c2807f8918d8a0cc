import type { Node, NodeAPI, NodeDef } from 'node-red';
import { answerCommand, fail, nodeById, refuseToStart, unknownCommand } from '../lib/adapter.js';
import { systemClock, type TimerHandle } from '../lib/clock.js';
import type { StrandConfigNode } from '../lib/config-node.js';
import { followConfig } from '../lib/follow-config.js';
import { commandFrom, type Command } from '../lib/messages.js';
import { ThrottledStatus } from '../lib/node-status.js';
import type { HealthStatus } from './health-rules.js';
import { messageKind } from '../lib/message-kind.js';
import { serveMonitor } from './monitor-http.js';
import { parseConfig, type PerfMonitorConfig } from './perf-monitor.config.js';
import { SharedMonitor } from './shared-monitor.js';
import type { Snapshot } from './vitals.js';

const OUTPUTS = 2;
const COMMANDS = ['status', 'reset'] as const;
const STATUS_PERIOD_MS = 2000;
const COLOURS = { healthy: 'green', degraded: 'yellow', unhealthy: 'red' } as const;

export default function register(RED: NodeAPI): void {
  const monitor = new SharedMonitor(systemClock);
  serveMonitor(RED.httpNode, () => (monitor.isInUse ? monitor : null));

  function PerfMonitorNode(this: Node, def: NodeDef): void {
    RED.nodes.createNode(this, def);
    try {
      start(this, parseConfig({ ...def }));
    } catch (err) {
      refuseToStart(this, err);
    }
  }

  function start(node: Node, own: PerfMonitorConfig): void {
    const status = new ThrottledStatus(node, systemClock);
    if (own.strandConfig !== '') {
      followConfig(node, nodeById<StrandConfigNode>(RED, own.strandConfig), ({ health }) =>
        monitor.setLimits(health),
      );
    }
    monitor.join();

    const stopStatus = repeat(STATUS_PERIOD_MS, () => {
      const { health, rates } = monitor.snapshot();
      status.show({ fill: COLOURS[health.status], shape: 'dot', text: statusText(health.status, rates) });
    });
    const stopSnapshots = repeat(own.period * 1000, () =>
      node.send([null, snapshotMessage(monitor.snapshot())]),
    );

    node.on('input', (msg, send, done) => {
      try {
        const command = isForOthers(msg) ? null : commandFrom(msg);
        if (command !== null) return answerCommand(command, OUTPUTS, send, done, carryOut);
        // First things first: whatever happens to the figures, the message goes on.
        send(msg);
        monitor.observe(msg);
        done();
      } catch (err) {
        fail(err, done);
      }
    });
    node.on('close', () => {
      stopStatus();
      stopSnapshots();
      status.close();
      monitor.leave();
    });
  }

  function carryOut(command: Command): Snapshot {
    if (command.name === 'reset') monitor.reset();
    else if (command.name !== 'status') throw unknownCommand(command, COMMANDS);
    return monitor.snapshot();
  }

  const statusText = (status: HealthStatus, { readingsPerSecond }: Snapshot['rates']): string =>
    RED._(`perf-monitor.status.${status}`, {
      rate: readingsPerSecond.toFixed(readingsPerSecond < 10 ? 1 : 0),
    });

  RED.nodes.registerType('perf-monitor', PerfMonitorNode);
}

/** Answers, alarms and caught messages may still carry the command that caused them: it isn't meant for here. */
function isForOthers(msg: object): boolean {
  const kind = messageKind(msg);
  return 'answer' in msg || (kind !== 'other' && kind !== 'reading');
}

/** Calls `act` every `periodMs`; never when that is 0. Returns the way to stop it. */
function repeat(periodMs: number, act: () => void): () => void {
  if (periodMs === 0) return () => undefined;
  let timer: TimerHandle;
  const next = (): void => {
    timer = systemClock.after(periodMs, () => {
      next();
      act();
    });
  };
  next();
  return () => systemClock.cancel(timer);
}

const snapshotMessage = (snapshot: Snapshot) => ({
  topic: 'strandwatch',
  payload: snapshot,
  timestamp: systemClock.wall(),
});
