import type { Node, NodeAPI, NodeDef, NodeStatusFill } from 'node-red';
import { answerLater, fail, nodeById, refuseToStart, unknownCommand } from '../lib/adapter.js';
import { systemClock } from '../lib/clock.js';
import type { StrandConfigNode } from '../lib/config-node.js';
import { asError, ConfigError, MessageError } from '../lib/errors.js';
import { followConfig, noConfiguration } from '../lib/follow-config.js';
import { commandFrom, type Command } from '../lib/messages.js';
import { ThrottledStatus } from '../lib/node-status.js';
import { shipped, userPath } from '../lib/package-paths.js';
import { numberField } from '../lib/parse-field.js';
import { castChoices } from './cast-choice.js';
import { listCasts, publicEntry } from './cast-library-file.js';
import { parseConfig, speedField, strandsField, type CastReplayConfig } from './cast-replay.config.js';
import { loadCasts } from './load-casts-file.js';
import { Replay } from './replay.js';
import type { Mode, ReplayState } from './replay-state.js';

const OUTPUTS = 2;
const FILLS: Readonly<Record<Mode, NodeStatusFill>> = {
  playing: 'green',
  paused: 'yellow',
  stopped: 'grey',
  finished: 'blue',
};

export default function register(RED: NodeAPI): void {
  function CastReplayNode(this: Node, def: NodeDef): void {
    RED.nodes.createNode(this, def);
    try {
      start(this, parseConfig({ ...def }));
    } catch (err) {
      refuseToStart(this, err);
    }
  }

  function start(node: Node, own: CastReplayConfig): void {
    const config = nodeById<StrandConfigNode>(RED, own.strandConfig);
    const status = new ThrottledStatus(node, systemClock);
    const folder = own.folder === '' ? shipped.casts() : userPath(own.folder, RED.settings.userDir ?? '.');
    let chosen: Pick<CastReplayConfig, 'casts' | 'strands'> = own;
    let commandedSpeed: number | undefined;
    let isClosed = false;
    /** Commands are carried out one after the other, for some of them read files. */
    let busy: Promise<unknown> = Promise.resolve();
    /** What the casts were read with; they are read anew when it changes. */
    let readWith = '';

    const showState = ({ state, speed, percent, strands }: ReplayState): void => {
      const failed = strands.find(({ problem }) => problem !== null);
      if (failed !== undefined)
        return status.show({ fill: 'yellow', shape: 'ring', text: `${failed.strand}: ${failed.problem}` });
      const words = [RED._(`cast-replay.status.${state}`), speed === 'unpaced' ? speed : `${speed}x`];
      if (percent !== null) words.push(`${percent.toFixed(0)} %`);
      status.show({
        fill: FILLS[state],
        shape: state === 'playing' ? 'dot' : 'ring',
        text: words.join(' · '),
      });
    };

    // Its first state may come while the configuration is applied, below.
    const replay: Replay = new Replay(
      systemClock,
      { ...own, speed: own.speed ?? 1 },
      {
        reading: (message) => node.send([message, null]),
        state: (state) => {
          node.send([null, { topic: '', payload: state }]);
          showState(state);
        },
        problem: (error) => node.error(error.message, { topic: '', payload: replay.state() }),
      },
    );

    const load = async (wanted: typeof chosen): Promise<void> => {
      if (config?.current == null) throw noConfiguration();
      const { sensors, streaming } = config.current;
      const casts = await loadCasts(wanted.casts, {
        folder,
        sensors,
        csv: { ...streaming.csv, ...own.csv },
        strands: wanted.strands,
      });
      if (isClosed) return;
      chosen = wanted;
      replay.load(casts);
    };

    const begin = async (): Promise<void> => {
      await load(chosen);
      if (own.autostart && !isClosed) replay.start();
    };
    const readAnew = async (): Promise<void> => {
      const { position } = replay;
      await load(chosen);
      if (position !== null && !isClosed) replay.seek(position);
    };
    const fileFailed = (err: unknown): void => {
      if (isClosed) return;
      status.show({ fill: 'red', shape: 'ring', text: asError(err).message });
      node.error(asError(err).message);
    };

    followConfig(node, config, ({ sensors, streaming }) => {
      const speed = commandedSpeed ?? own.speed ?? speedField(streaming.realtime_factor)!;
      if (speed !== replay.speed) replay.setSpeed(speed);
      const needed = JSON.stringify([sensors, streaming.csv]);
      if (needed === readWith) return;
      busy = busy.then(readWith === '' ? begin : readAnew).catch(fileFailed);
      readWith = needed;
    });

    const commands: Readonly<Record<string, (args: Command['args']) => unknown>> = {
      start: () => replay.start(),
      pause: () => replay.pause(),
      resume: () => replay.resume(),
      stop: () => replay.stop(),
      reset: () => replay.reset(),
      seek: ({ value, seconds }) => replay.seek(secondsIn(value ?? seconds)),
      'set-speed': ({ value, speed }) => {
        commandedSpeed = speedIn(value ?? speed);
        replay.setSpeed(commandedSpeed);
      },
      load: ({ value, casts, strands }) =>
        load({ casts: castChoices(value ?? casts), strands: strandsField(strands) }),
      status: () => undefined,
      'list-casts': async () => (await listCasts(folder)).map(publicEntry),
    };
    const carryOut = async (command: Command): Promise<unknown> => {
      const carry = Object.hasOwn(commands, command.name) ? commands[command.name] : undefined;
      if (carry === undefined) throw unknownCommand(command, Object.keys(commands));
      return (await carry(command.args)) ?? replay.state();
    };

    node.on('input', (msg, send, done) => {
      try {
        const command = commandFrom(msg);
        if (command === null) throw noCommand(Object.keys(commands));
        busy = busy.then(() => (isClosed ? done() : answerLater(command, OUTPUTS, send, done, carryOut)));
      } catch (err) {
        fail(err, done);
      }
    });
    node.on('close', () => {
      isClosed = true;
      replay.close();
      status.close();
    });
  }

  RED.nodes.registerType('cast-replay', CastReplayNode);
}

const noCommand = (known: readonly string[]): MessageError =>
  new MessageError('MESSAGE_INVALID', `msg.command: expected one of ${known.join(', ')}, got nothing.`);

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
