import { z } from 'zod';

const history = z
  .number()
  .int()
  .min(0)
  .max(100_000)
  .default(720)
  .describe('Predictions kept per strand, for requests');

const modelShape = {
  enabled: z.boolean().default(true).describe('false: the model is not asked, and not missed'),
  explain: z
    .number()
    .int()
    .min(0)
    .max(50)
    .default(8)
    .describe('Contributions kept with each prediction, largest first; 0 = none'),
  explain_every: z
    .number()
    .min(0)
    .max(3600)
    .default(30)
    .describe(
      's of cast time for which contributions that are found by hiding inputs are good, unless the risk grows; 0 = found anew at each instant',
    ),
  history,
  deadline: z
    .number()
    .positive()
    .max(60)
    .default(2)
    .describe('s by the clock that a run may take; then the instant goes on without this model'),
  simulate_failure: z
    .boolean()
    .default(false)
    .describe(
      'true: every run fails, for demonstrations and drills; all else goes on as if the model were broken',
    ),
};

const explainFrom = (probability: number, why: string) =>
  z
    .number()
    .min(0)
    .max(1)
    .default(probability)
    .describe(`Probability from which a prediction explains itself: ${why}`);

const baselineModelSchema = z.strictObject({
  ...modelShape,
  explain_from: explainFrom(0.1, 'below it, reasons would only make messages heavier'),
});

const sequenceModelSchema = z.strictObject({
  ...modelShape,
  explain_from: explainFrom(0.3, 'its contributions cost a run per channel'),
});

const weight = z.number().min(0).default(0.5).describe('Share of the model; 0 leaves it out');

export const modelsSchema = z.strictObject({
  baseline: baselineModelSchema.prefault({}),
  sequence: sequenceModelSchema.prefault({}),
  ensemble: z
    .strictObject({
      method: z
        .enum(['weighted', 'voting', 'max'])
        .default('weighted')
        .describe(
          'Mean of the log-odds by weight, share of the weight that votes for a defect, or the higher of the two',
        ),
      weights: z.strictObject({ baseline: weight, sequence: weight }).prefault({}),
      vote_threshold: z
        .number()
        .min(0)
        .max(1)
        .default(0.5)
        .describe('Probability from which a model votes for a defect'),
      calibration: z
        .strictObject({
          slope: z.number().positive().max(10).default(1).describe('Factor on the mean log-odds'),
          intercept: z.number().min(-10).max(10).default(0).describe('Added to them'),
        })
        .prefault({})
        .describe(
          'Of method weighted while both models speak. Training measures it; 1 and 0 leave the mean as it is',
        ),
      history,
    })
    .prefault({}),
});

export type ModelsConfig = z.infer<typeof modelsSchema>;
