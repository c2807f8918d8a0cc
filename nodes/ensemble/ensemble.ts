import type { Node, NodeAPI, NodeDef } from 'node-red';
import {
  answerCommand,
  commandUser,
  fail,
  nodeById,
  refuseToStart,
  stamp,
  unknownCommand,
  type Send,
} from '../lib/adapter.js';
import { systemClock, type MonoMs, type TimerHandle } from '../lib/clock.js';
import type { StrandConfigNode } from '../lib/config-node.js';
import { followConfig, noConfiguration } from '../lib/follow-config.js';
import {
  commandFrom,
  pipelineMessage,
  type Command,
  type EnsembleMethod,
  type EnsemblePrediction,
  type Prediction,
} from '../lib/messages.js';
import { ThrottledStatus } from '../lib/node-status.js';
import { combine, type CombineSettings } from './combine.js';
import { parseConfig, type EnsembleConfig } from './ensemble.config.js';
import { ensembleMessage } from './ensemble-message.js';
import { PATIENCE_MS, PredictionPairing, type Pair } from './pairing.js';

const OUTPUTS = 2;
const COMMANDS = ['set-method', 'set-weights', 'reset'] as const;

export default function register(RED: NodeAPI): void {
  function EnsembleNode(this: Node, def: NodeDef): void {
    RED.nodes.createNode(this, def);
    try {
      start(this, parseConfig({ ...def }));
    } catch (err) {
      refuseToStart(this, err);
    }
  }

  function start(node: Node, own: EnsembleConfig): void {
    const config = nodeById<StrandConfigNode>(RED, own.strandConfig);
    const status = new ThrottledStatus(node, systemClock);
    let settings: CombineSettings | null = null;
    const pairing = new PredictionPairing((kind) => settings?.enabled[kind] ?? true);
    let patience: TimerHandle | null = null;

    followConfig(node, config, () => {
      settings = settingsInForce(config!, own);
      status.show({ fill: 'grey', shape: 'ring', text: RED._('ensemble.status.waiting') });
    });

    node.on('input', (msg, send, done) => {
      try {
        const command = commandFrom(msg);
        if (command !== null) return answerCommand(command, OUTPUTS, send, done, carryOut);
        if (settings === null) throw noConfiguration();
        const startedAt = systemClock.mono();
        publish(pairing.accept(pipelineMessage<Prediction>(msg), startedAt), startedAt, send);
        watchPatience();
        done();
      } catch (err) {
        fail(err, done);
      }
    });
    node.on('close', () => {
      if (patience !== null) systemClock.cancel(patience);
      status.close();
    });

    const publish = (pairs: readonly Pair[], startedAt: MonoMs, send: Send): void => {
      for (const pair of pairs) {
        const prediction = combine(pair.baseline?.payload ?? null, pair.sequence?.payload ?? null, settings!);
        const message = ensembleMessage(pair, prediction);
        stamp(message.timings, 'ensemble', startedAt, systemClock);
        showPrediction(prediction);
        send([message, null]);
      }
    };

    /** Instants that wait for a model which never speaks must go out even when nothing more comes. */
    const watchPatience = (): void => {
      const since = pairing.waitingSince;
      if (patience !== null || since === null) return;
      patience = systemClock.after(since + PATIENCE_MS - systemClock.mono(), () => {
        patience = null;
        const now = systemClock.mono();
        publish(pairing.expire(now), now, (messages) => node.send(messages));
        watchPatience();
      });
    };

    const carryOut = (command: Command): CombineSettings | null => {
      const { name, strand, args } = command;
      if (config === null) throw noConfiguration();
      if (name === 'reset') pairing.reset(strand ?? undefined);
      else if (name === 'set-method')
        config.setLive('models.ensemble.method', args.value ?? args.method, commandUser(command));
      else if (name === 'set-weights') {
        const { baseline = settings?.weights.baseline, sequence = settings?.weights.sequence } = args;
        config.setLive('models.ensemble.weights', { baseline, sequence }, commandUser(command));
      } else throw unknownCommand(command, COMMANDS);
      return settings;
    };

    const showPrediction = ({ probability, degraded }: EnsemblePrediction): void => {
      const risk =
        probability === null
          ? RED._('ensemble.status.none')
          : RED._('ensemble.status.risk', { percent: (100 * probability).toFixed(0) });
      if (degraded)
        status.show({ fill: 'yellow', shape: 'dot', text: `${risk} · ${RED._('ensemble.status.degraded')}` });
      else status.show({ fill: 'green', shape: 'dot', text: risk });
    };
  }

  RED.nodes.registerType('ensemble', EnsembleNode);
}

function settingsInForce(config: StrandConfigNode, own: EnsembleConfig): CombineSettings {
  return {
    method: config.resolve<EnsembleMethod>('models.ensemble.method', own.method),
    weights: {
      baseline: config.resolve<number>('models.ensemble.weights.baseline', own.baselineWeight),
      sequence: config.resolve<number>('models.ensemble.weights.sequence', own.sequenceWeight),
    },
    voteThreshold: config.resolve<number>('models.ensemble.vote_threshold', own.voteThreshold),
    enabled: {
      baseline: config.resolve<boolean>('models.baseline.enabled'),
      sequence: config.resolve<boolean>('models.sequence.enabled'),
    },
  };
}
