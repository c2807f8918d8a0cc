import type { Node, NodeAPI, NodeDef } from 'node-red';
import { answerCommand, fail, nodeById, refuseToStart, stamp, unknownCommand } from '../lib/adapter.js';
import { monoMs, systemClock } from '../lib/clock.js';
import type { StrandConfigNode } from '../lib/config-node.js';
import { followConfig, noConfiguration } from '../lib/follow-config.js';
import { commandFrom, type Command } from '../lib/messages.js';
import { ThrottledStatus } from '../lib/node-status.js';
import { bufferSettings } from './buffer-settings.js';
import { readingFrom } from './reading-input.js';
import { SensorBuffer } from './sensor-buffer-core.js';
import { parseConfig, type SensorBufferConfig } from './sensor-buffer.config.js';
import type { BufferOutput } from './strand-buffer.js';

const OUTPUTS = 2;
const COMMANDS = ['get-window', 'get-latest', 'status', 'flush', 'reset'] as const;
const STATUS_INTERVAL_MS = 1000;

export default function register(RED: NodeAPI): void {
  function SensorBufferNode(this: Node, def: NodeDef): void {
    RED.nodes.createNode(this, def);
    try {
      start(this, parseConfig({ ...def }));
    } catch (err) {
      refuseToStart(this, err);
    }
  }

  function start(node: Node, own: SensorBufferConfig): void {
    const config = nodeById<StrandConfigNode>(RED, own.strandConfig);
    const status = new ThrottledStatus(node, systemClock);
    let buffer: SensorBuffer | null = null;
    let builtWith = '';
    let shownAt = monoMs(-Infinity);
    let startedAt = monoMs(0);

    followConfig(node, config, (current) => {
      const lateness = config!.resolve<number>('streaming.lateness', own.lateness);
      const settings = bufferSettings(current, { lateness, windowInterval: own.windowInterval });
      const needed = JSON.stringify(settings);
      if (needed === builtWith) return;
      builtWith = needed;
      buffer = new SensorBuffer(settings);
      status.show({ fill: 'grey', shape: 'ring', text: RED._('sensor-buffer.status.waiting') });
    });

    const output: BufferOutput = {
      reading(message) {
        stamp(message.timings, 'sensor-buffer', startedAt, systemClock);
        node.send([message, null]);
      },
      window: ({ topic, timestamp, cast }, payload) => node.send([null, { topic, timestamp, cast, payload }]),
      event: (topic, payload) => node.send([null, { topic, event: payload.event, payload }]),
    };

    node.on('input', (msg, send, done) => {
      try {
        const command = commandFrom(msg);
        if (buffer === null) throw noConfiguration();
        if (command !== null) return answerCommand(command, OUTPUTS, send, done, carryOut);
        startedAt = systemClock.mono();
        buffer.accept(readingFrom(msg, systemClock), output);
        showStrands(startedAt);
        done();
      } catch (err) {
        fail(err, done);
      }
    });
    node.on('close', () => status.close());

    const carryOut = (command: Command): unknown => {
      const strand = command.strand ?? undefined;
      switch (command.name as (typeof COMMANDS)[number]) {
        case 'get-window':
          return perStrand(strand, (one) => buffer!.window(one));
        case 'get-latest':
          return perStrand(strand, (one) => buffer!.latest(one));
        case 'status':
          return buffer!.report(strand);
        case 'flush':
          startedAt = systemClock.mono();
          return buffer!.flush(output, strand);
        case 'reset':
          return buffer!.reset(strand);
        default:
          throw unknownCommand(command, COMMANDS);
      }
    };
    /** What one strand has, or each: by its id. */
    const perStrand = <T>(strand: string | undefined, of: (strand: string) => T): T | Record<string, T> =>
      strand === undefined ? Object.fromEntries(buffer!.strandIds.map((one) => [one, of(one)])) : of(strand);

    const showStrands = (now: typeof shownAt): void => {
      if (now - shownAt < STATUS_INTERVAL_MS) return;
      shownAt = now;
      const { failingStrands: failing, strandIds } = buffer!;
      if (failing.length === 0) {
        const text = RED._('sensor-buffer.status.good', { strands: strandIds.length });
        status.show({ fill: 'green', shape: 'dot', text });
      } else {
        const text = RED._('sensor-buffer.status.failing', { strands: failing.slice(0, 3).join(', ') });
        status.show({ fill: 'yellow', shape: 'dot', text });
      }
    };
  }

  RED.nodes.registerType('sensor-buffer', SensorBufferNode);
}
