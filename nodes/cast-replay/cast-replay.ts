import type { Node, NodeAPI, NodeDef } from 'node-red';
import { answerLater, fail, nodeById, refuseToStart } from '../lib/adapter.js';
import { systemClock } from '../lib/clock.js';
import type { StrandConfigNode } from '../lib/config-node.js';
import { asError } from '../lib/errors.js';
import { followConfig, noConfiguration } from '../lib/follow-config.js';
import { commandFrom } from '../lib/messages.js';
import { ThrottledStatus } from '../lib/node-status.js';
import { shipped, userPath } from '../lib/package-paths.js';
import { castNamed, listCasts, publicEntry } from './cast-library-file.js';
import { parseConfig, speedField, type CastReplayConfig } from './cast-replay.config.js';
import { serveCasts } from './casts-http.js';
import { loadCasts } from './load-casts-file.js';
import { readPastCast } from './past-cast-file.js';
import { carryOut, noCommand, type CommandTarget } from './replay-commands.js';
import { statusOf } from './replay-status.js';
import { Replay } from './replay.js';

const OUTPUTS = 2;

export default function register(RED: NodeAPI): void {
  serveCasts(RED);

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

    const options = { ...own, speed: own.speed ?? 1 };
    const replay: Replay = new Replay(systemClock, options, {
      reading: (message) => node.send([message, null]),
      state: (payload) => {
        node.send([null, { topic: '', payload }]);
        status.show(statusOf(payload, (mode) => RED._(`cast-replay.status.${mode}`)));
      },
      problem: (error) => node.error(error.message, { topic: '', payload: replay.state() }),
    });

    const load = async (wanted: typeof chosen): Promise<void> => {
      if (config?.current == null) throw noConfiguration();
      const { sensors, streaming } = config.current;
      const csv = { ...streaming.csv, ...own.csv };
      const { casts: choices, strands } = wanted;
      const casts = await loadCasts(choices, { folder, trusted: own.casts, sensors, csv, strands });
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
    const showFailure = (err: unknown): void => {
      if (isClosed) return;
      status.show({ fill: 'red', shape: 'ring', text: asError(err).message });
      node.error(asError(err).message);
    };

    followConfig(node, config, ({ sensors, streaming }) => {
      const speed = commandedSpeed ?? own.speed ?? speedField(streaming.realtime_factor)!;
      if (speed !== replay.speed) replay.setSpeed(speed);
      const needed = JSON.stringify([sensors, streaming.csv]);
      if (needed === readWith) return;
      busy = busy.then(readWith === '' ? begin : readAnew).catch(showFailure);
      readWith = needed;
    });

    const target: CommandTarget = {
      replay,
      setSpeed: (speed) => {
        commandedSpeed = speed;
        replay.setSpeed(speed);
      },
      load: (casts, strands) => load({ casts, strands }),
      listCasts: async () => (await listCasts(folder)).map(publicEntry),
      readCast: async (cast, sensor) => {
        if (config?.current == null) throw noConfiguration();
        const { sensors, streaming } = config.current;
        const entry = castNamed(String(cast), await listCasts(folder), folder, false);
        return readPastCast(entry, sensor, { sensors, csv: { ...streaming.csv, ...own.csv } });
      },
    };

    node.on('input', (msg, send, done) => {
      try {
        const command = commandFrom(msg);
        if (command === null) throw noCommand();
        const answer = () => answerLater(command, OUTPUTS, send, done, (one) => carryOut(one, target));
        busy = busy.then(() => (isClosed ? done() : answer()));
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
