import type { CastEntry } from '../../nodes/cast-replay/cast-library-file.js';
import { planFeatures } from '../../nodes/feature-extract/feature-plan.js';
import { castMs } from '../../nodes/lib/clock.js';
import type { StrandWatchConfig } from '../../nodes/lib/config/schema.js';
import { predictAlone } from '../../nodes/lib/inference/predict-alone.js';
import type { Predictor, Said } from '../../nodes/lib/inference/predictor.js';
import type { FeatureVector } from '../../nodes/lib/messages.js';
import { castFeatures } from '../features/cast-features.js';

/** What the model said at one instant of a cast; `elapsed` in s since the first reading. */
export interface Prediction extends Said {
  readonly elapsed: number;
}

/**
 * Plays a cast through the cores of buffer, features and inference: what the nodes would say, without a clock.
 * @throws CastError, ConfigError; ModelError FEATURE_MISSING when the configuration doesn't make the model's inputs
 */
export async function* castPredictions(
  cast: CastEntry,
  config: StrandWatchConfig,
  predictor: Predictor<FeatureVector>,
): AsyncGenerator<Prediction, void, void> {
  const { names } = planFeatures(config);
  const { elapsed, features } = await castFeatures(cast, config);
  for (const [row, at] of elapsed.entries()) {
    const values = features.numbers.subarray(row * names.length, (row + 1) * names.length);
    const payload = Object.fromEntries(
      names.map((name, i) => [name, Number.isFinite(values[i]) ? values[i]! : null]),
    );
    const instant = {
      ...{ topic: cast.id, timestamp: castMs(1000 * at), payload },
      cast: { strand: cast.id, castId: cast.id, elapsed: at },
    };
    yield { elapsed: at, ...(await predictAlone(predictor, instant)) };
  }
}
