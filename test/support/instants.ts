import { castMs } from '../../nodes/lib/clock.js';
import { predictAlone } from '../../nodes/lib/inference/predict-alone.js';
import type { Instant, Predictor, PredictorSettings, Said } from '../../nodes/lib/inference/predictor.js';

export const START_MS = 1_772_434_800_000;

/** An instant of strand 1, `second` s after its first reading. */
export function instant<Payload>(payload: Payload, second = 0, strand = '1'): Instant<Payload> {
  const cast = { strand, castId: 'C1', elapsed: second };
  return { topic: strand, timestamp: castMs(START_MS + 1000 * second), cast, payload };
}

/** What the model says of a payload that comes alone. */
export const ask = <Payload>(predictor: Predictor<Payload>, payload: Payload): Promise<Said> =>
  predictAlone(predictor, instant(payload));

/** Settings that explain each instant anew. */
export const settingsWith = (settings: Partial<PredictorSettings>): PredictorSettings => ({
  ...{ explain: 0, explainFrom: 0, explainEvery: 0, step: 1, maxStrands: 8 },
  ...settings,
});
