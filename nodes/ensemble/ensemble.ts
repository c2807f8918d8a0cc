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
import { InferenceLog } from '../lib/inference/inference-log-file.js';
import { ensembleRecord } from '../lib/inference/inference-record.js';
import { limitIn, StrandHistory } from '../lib/inference/strand-history.js';
import { commandFrom, type Command } from '../lib/messages.js';
import { ThrottledStatus } from '../lib/node-status.js';
import type { CombineSettings } from './combine.js';
import { parseConfig, type EnsembleConfig } from './ensemble.config.js';
import { combinePair, ensembleMessage, pastRisk, predictionIn, type PastRisk } from './ensemble-message.js';
import { PATIENCE_MS, PredictionPairing, type Pair } from './pairing.js';
import { RiskStatus } from './risk-status.js';
import { settingsInForce } from './settings.js';

const OUTPUTS = 2;
const COMMANDS = ['set-method', 'set-weights', 'set-vote-threshold', 'get-history', 'reset'] as const;

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
    const riskStatus = new RiskStatus((key, values) => RED._(`ensemble.status.${key}`, values ?? {}));
    let settings: CombineSettings | null = null;
    const pairing = new PredictionPairing((kind) => settings?.enabled[kind] ?? true);
    let patience: TimerHandle | null = null;
    const history = new StrandHistory<PastRisk>(0, 0);
    const log = new InferenceLog({
      userDir: RED.settings.userDir,
      clock: systemClock,
      onTrouble: ({ message }) => node.warn(message),
    });

    followConfig(node, config, (current) => {
      settings = settingsInForce(config!, own);
      pairing.maxStrands = current.streaming.max_strands;
      history.resize(current.models.ensemble.history, current.streaming.max_strands);
      log.follow(current.logging);
      status.show({ fill: 'grey', shape: 'ring', text: RED._('ensemble.status.waiting') });
    });

    node.on('input', (msg, send, done) => {
      try {
        const command = commandFrom(msg);
        if (command !== null) return answerCommand(command, OUTPUTS, send, done, carryOut);
        if (settings === null) throw noConfiguration();
        const startedAt = systemClock.mono();
        publish(pairing.accept(predictionIn(msg), startedAt), startedAt, send);
        watchPatience();
        done();
      } catch (err) {
        fail(err, done);
      }
    });
    node.on('close', (done: () => void) => {
      if (patience !== null) systemClock.cancel(patience);
      status.close();
      void log.close().finally(done);
    });

    const publish = (pairs: readonly Pair[], startedAt: MonoMs, send: Send): void => {
      for (const pair of pairs) {
        const prediction = combinePair(pair, settings!);
        const message = ensembleMessage(pair, prediction);
        message.timings = stamp(message.timings, 'ensemble', startedAt, systemClock);
        history.add(message.topic, pastRisk(message));
        log.write(ensembleRecord(message));
        status.show(riskStatus.of(prediction));
        send([message, null]);
      }
    };

    /** Instants that wait for a model which never speaks must go out even when nothing more comes. */
    const watchPatience = (): void => {
      if (patience !== null) return;
      const since = pairing.waitingSince;
      if (since === null) return;
      patience = systemClock.after(since + PATIENCE_MS - systemClock.mono(), () => {
        patience = null;
        const now = systemClock.mono();
        publish(pairing.expire(now), now, (messages) => node.send(messages));
        watchPatience();
      });
    };

    const carryOut = (command: Command): unknown => {
      const { name, strand, args } = command;
      if (config === null) throw noConfiguration();
      const set = (path: string, value: unknown): void =>
        config.setLive(`models.ensemble.${path}`, value, commandUser(command));
      if (name === 'get-history') return history.last(strand, limitIn(args));
      if (name === 'set-method') set('method', args.value ?? args.method);
      else if (name === 'set-vote-threshold') set('vote_threshold', args.value ?? args.threshold);
      else if (name === 'set-weights') {
        const { baseline = settings?.weights.baseline, sequence = settings?.weights.sequence } = args;
        set('weights', { baseline, sequence });
      } else if (name === 'reset') {
        pairing.reset(strand ?? undefined);
        history.reset(strand);
      } else throw unknownCommand(command, COMMANDS);
      return settings;
    };
  }

  RED.nodes.registerType('ensemble', EnsembleNode);
}
