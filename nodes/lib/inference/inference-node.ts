/** The adapter that `baseline-infer` and `sequence-infer` share; they differ in the predictor alone. */
import { isDeepStrictEqual } from 'node:util';
import type { Node, NodeAPI } from 'node-red';
import {
  answerCommand,
  commandUser,
  fail,
  nodeById,
  stamp,
  unknownCommand,
  type Done,
  type Send,
} from '../adapter.js';
import { CauseGate } from '../cause-gate.js';
import { systemClock, type MonoMs } from '../clock.js';
import type { StrandConfigNode } from '../config-node.js';
import { asError, ModelError } from '../errors.js';
import { featureSpecHash } from '../feature-spec.js';
import { followConfig, noConfiguration } from '../follow-config.js';
import {
  commandFrom,
  pipelineMessage,
  type Command,
  type ModelKind,
  type PipelineMessage,
} from '../messages.js';
import type { ModelCard } from '../model-card.js';
import type { ModelNews, OnnxModelNode } from '../model-node.js';
import type { InferConfig } from './infer.config.js';
import { InferenceLog } from './inference-log-file.js';
import { InferenceLine, type Outcome, type Runner } from './inference-line.js';
import { predictionRecord, shadowRecord } from './inference-record.js';
import { InferenceStatus } from './inference-status.js';
import { predictionMessage } from './prediction-message.js';
import type { MakePredictor, Predictor, PredictorSettings, Said } from './predictor.js';
import { predictorSettings } from './predictor-settings.js';
import { noCandidate, ShadowModel } from './shadow-model.js';
import { limitIn, pastPrediction, StrandHistory, type PastPrediction } from './strand-history.js';
import { trainedOtherwise } from './trained-otherwise.js';

const OUTPUTS = 2;
const COMMANDS = ['enable', 'disable', 'get-history', 'get-shadow', 'reset'] as const;

export interface InferenceRoom<Payload> {
  readonly type: 'baseline-infer' | 'sequence-infer';
  readonly kind: ModelKind;
  readonly makePredictor: MakePredictor<Payload>;
}

/** An instant that the model is asked about, and how its message is answered. */
interface Ask<Payload> {
  readonly message: PipelineMessage<Payload>;
  readonly startedAt: MonoMs;
  readonly send: Send;
  readonly done: Done;
  /** Of the model that was asked; null before. */
  card: ModelCard | null;
}

interface Settings {
  readonly enabled: boolean;
  /** Asked for, in a demonstration or a drill. */
  readonly fails: boolean;
  readonly predictor: PredictorSettings;
  readonly featureSpec: string;
}

export function startInference<Payload extends object>(
  RED: NodeAPI,
  node: Node,
  own: InferConfig,
  { type, kind, makePredictor }: InferenceRoom<Payload>,
): void {
  const config = nodeById<StrandConfigNode>(RED, own.strandConfig);
  const modelNode = nodeById<OnnxModelNode>(RED, own.model);
  const status = new InferenceStatus(node, systemClock, (key) => RED._(`${type}.status.${key}`));
  const gate = new CauseGate(systemClock);
  const history = new StrandHistory<PastPrediction>(0, 0);
  const log = new InferenceLog({
    userDir: RED.settings.userDir,
    clock: systemClock,
    onTrouble: ({ message }) => node.warn(message),
  });
  let settings: Settings | null = null;
  let serving: { readonly card: ModelCard; readonly predictor: Predictor<Payload> } | null = null;
  let problem: Error | null = null;
  const runner: Runner<Ask<Payload>, Said> = {
    get batch() {
      return serving?.predictor.batch ?? 1;
    },
    run(asks) {
      if (settings?.fails === true) return Promise.reject(simulatedFailure(kind));
      if (serving === null) return Promise.reject(problem ?? noModel(kind));
      for (const ask of asks) ask.card = serving.card;
      return serving.predictor.run(asks.map(({ message }) => message));
    },
  };
  const line = new InferenceLine<Ask<Payload>, Said>(systemClock, 2000, runner, (ask, outcome) => {
    try {
      finish(ask, outcome);
    } catch (err) {
      fail(err, ask.done);
    }
  });

  /** What came in last: a new model must be able to take it. */
  let latest: Payload | null = null;

  const shadowNode = own.shadow === '' ? null : nodeById<OnnxModelNode>(RED, own.shadow);
  const shadow =
    shadowNode === null || shadowNode === modelNode
      ? null
      : new ShadowModel<Payload>(shadowNode, makePredictor, (said) => log.write(shadowRecord(said, kind)));
  const renewShadow = (): void => {
    if (settings === null || shadowNode === null) return;
    const trouble = shadow === null ? noCandidate() : shadow.renew(settings.predictor);
    if (trouble !== null && gate.admit(trouble) !== undefined) node.warn(trouble.message);
  };

  /** After every change of model or settings; messages wait while the model loads. */
  const renew = (): void => {
    if (settings === null) return;
    serving = null;
    problem = modelNode === null ? noModel(kind) : modelNode.problem;
    const model = modelNode?.model ?? null;
    try {
      if (model !== null) serving = { card: model.card, predictor: makePredictor(model, settings.predictor) };
    } catch (err) {
      problem = asError(err);
    }
    const otherwise = serving === null ? null : trainedOtherwise(serving.card, settings.featureSpec);
    if (otherwise !== null && gate.admit(new Error(otherwise)) !== undefined) node.warn(otherwise);
    if (!settings.enabled) status.off();
    else if (problem !== null) status.problem(problem);
    else if (serving === null) status.loading();
    else status.waiting();
    if (serving === null && problem === null) line.hold();
    else line.release();
  };

  followConfig(node, config, (current) => {
    const next: Settings = {
      enabled: current.models[kind].enabled,
      fails: current.models[kind].simulate_failure,
      predictor: {
        ...predictorSettings(current, kind),
        explain: config!.resolve<number>(`models.${kind}.explain`, own.explain),
      },
      featureSpec: featureSpecHash(current),
    };
    line.setDeadline(1000 * current.models[kind].deadline);
    log.follow(current.logging);
    history.resize(current.models[kind].history, current.streaming.max_strands);
    if (isDeepStrictEqual(next, settings)) return;
    settings = next;
    renew();
    renewShadow();
  });

  /** Throws when a model that is about to take over can't work with the settings or with what comes in. */
  const vet = (card: ModelCard): void => {
    if (settings === null) return;
    const never = () => new Promise<never>(() => undefined);
    const trial = makePredictor({ card, backend: 'native', batch: 1, run: never }, settings.predictor);
    if (latest !== null) trial.check(latest);
  };
  const tellNews = (news: ModelNews): void => node.send([null, { event: news.event, payload: news }]);
  if (modelNode !== null) {
    const stops = [modelNode.onChange(renew), modelNode.onNews(tellNews), modelNode.vet(vet)];
    node.on('close', () => stops.forEach((stop) => stop()));
  }
  if (shadowNode !== null) node.on('close', shadowNode.onChange(renewShadow));

  const finish = (
    { message, startedAt, card, send, done }: Ask<Payload>,
    outcome: Outcome<Said> | null,
  ): void => {
    // Closed, or switched off during the run: a model that is off says nothing.
    if (outcome === null || settings?.enabled !== true) return done();
    const prediction = predictionMessage(message, kind, card, outcome);
    prediction.timings = stamp(message.timings, type, startedAt, systemClock);
    history.add(prediction.topic, pastPrediction(prediction));
    log.write(predictionRecord(prediction));
    if (outcome.error === null) status.risk(outcome.said.probability);
    else status.silent(outcome.error);
    send([prediction, null]);
    shadow?.follow(message, prediction.payload);
    done(outcome.error === null ? undefined : gate.admit(outcome.error));
  };

  const carryOut = (command: Command): unknown => {
    const { name, strand, args } = command;
    if (name === 'enable' || name === 'disable') {
      if (config === null) throw noConfiguration();
      config.setLive(`models.${kind}.enabled`, name === 'enable', commandUser(command));
      return { enabled: settings?.enabled ?? false };
    }
    if (name === 'get-history') return history.last(strand, limitIn(args));
    if (name === 'get-shadow') return shadow?.report() ?? null;
    if (name !== 'reset') throw unknownCommand(command, COMMANDS);
    history.reset(strand);
    return null;
  };

  node.on('input', (msg, send, done) => {
    try {
      const command = commandFrom(msg);
      if (command !== null) return answerCommand(command, OUTPUTS, send, done, carryOut);
      if (settings === null) throw noConfiguration();
      if (!settings.enabled) return done();
      const message = pipelineMessage<Payload>(msg);
      latest = message.payload;
      line.submit(message.topic, { message, startedAt: systemClock.mono(), send, done, card: null });
    } catch (err) {
      fail(err, done);
    }
  });
  node.on('close', (done: () => void) => {
    line.close();
    status.close();
    void log.close().finally(done);
  });
}

const noModel = (kind: ModelKind): ModelError =>
  new ModelError('MODEL_MISSING', `no model: open the node and choose an onnx-model of kind ${kind}.`);

const simulatedFailure = (kind: ModelKind): ModelError =>
  new ModelError('MODEL_FAILED', `its failure is simulated: models.${kind}.simulate_failure is true.`);
