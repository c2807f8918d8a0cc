import { predictBaseline } from '../../nodes/baseline-infer/predict-baseline.js';
import type { CombineSettings } from '../../nodes/ensemble/combine.js';
import { parseConfig } from '../../nodes/ensemble/ensemble.config.js';
import { combinePair, ensembleMessage } from '../../nodes/ensemble/ensemble-message.js';
import { settingsInForce } from '../../nodes/ensemble/settings.js';
import type { StrandConfigNode } from '../../nodes/lib/config-node.js';
import { asError } from '../../nodes/lib/errors.js';
import { predictorSettings } from '../../nodes/lib/inference/predictor-settings.js';
import { predictionMessage } from '../../nodes/lib/inference/prediction-message.js';
import { predictAlone } from '../../nodes/lib/inference/predict-alone.js';
import type { MakePredictor, PredictorSettings } from '../../nodes/lib/inference/predictor.js';
import type {
  EnsemblePrediction,
  FeatureVector,
  ModelKind,
  PipelineMessage,
  Prediction,
  Sequence,
} from '../../nodes/lib/messages.js';
import type { LoadedModel } from '../../nodes/lib/model-node.js';
import { predictSequence } from '../../nodes/sequence-infer/predict-sequence.js';
import type { ServedModels } from './served-models-file.js';

/** What feature-extract sends at an instant. */
export interface Due {
  readonly features: PipelineMessage<FeatureVector>;
  readonly sequence: PipelineMessage<Sequence>;
}

/** Both models and the ensemble as the nodes run them; without explanations, which cost many runs, unless they are asked for. */
export class AskedModels {
  private readonly baseline: Asked<FeatureVector>;
  private readonly sequence: Asked<Sequence>;
  private readonly settings: CombineSettings;

  /** @throws ModelError when a model does not go with the configuration */
  constructor(config: StrandConfigNode, models: ServedModels, explains = false) {
    const current = config.current!;
    const settings = (kind: ModelKind): PredictorSettings => {
      const inForce = predictorSettings(current, kind);
      // Asked about some instants only, so no explanation is carried on.
      return explains ? { ...inForce, explainEvery: 0 } : { ...inForce, explain: 0, explainFrom: 1 };
    };
    this.baseline = asked('baseline', models.baseline, settings('baseline'), predictBaseline);
    this.sequence = asked('sequence', models.sequence, settings('sequence'), predictSequence);
    this.settings = settingsInForce(config, parseConfig({}));
  }

  /** The message that the ensemble would send. */
  async ask({ features, sequence }: Due): Promise<PipelineMessage<EnsemblePrediction>> {
    // A model that is off says nothing, and the pairing does not wait for it.
    const pair = {
      baseline: await this.baseline(features),
      sequence: await this.sequence(sequence),
    };
    const payload = combinePair(pair, this.settings);
    return pair.baseline === null && pair.sequence === null
      ? { ...features, payload }
      : ensembleMessage(pair, payload);
  }
}

type Asked<Payload> = (message: PipelineMessage<Payload>) => Promise<PipelineMessage<Prediction> | null>;

function asked<Payload>(
  kind: ModelKind,
  model: LoadedModel | null,
  settings: PredictorSettings,
  makePredictor: MakePredictor<Payload>,
): Asked<Payload> {
  if (model === null) return () => Promise.resolve(null);
  const predictor = makePredictor(model, settings);
  const { card } = model;
  return async (message) => {
    try {
      const said = await predictAlone(predictor, message);
      return predictionMessage(message, kind, card, { said, error: null, latencyMs: 0 });
    } catch (err) {
      return predictionMessage(message, kind, card, { said: null, error: asError(err), latencyMs: 0 });
    }
  };
}
