import { z } from 'zod';

const modelSchema = z.strictObject({
  enabled: z.boolean().default(true),
  explain: z
    .number()
    .int()
    .min(0)
    .max(50)
    .default(8)
    .describe('Contributions kept with each prediction, largest first'),
  history: z
    .number()
    .int()
    .min(0)
    .max(100_000)
    .default(720)
    .describe('Predictions kept per strand, for requests'),
});

export const modelsSchema = z.strictObject({
  baseline: modelSchema.prefault({}),
  sequence: modelSchema.prefault({}),
  ensemble: z
    .strictObject({
      method: z.enum(['weighted', 'voting', 'max']).default('weighted'),
      weights: z
        .strictObject({ baseline: z.number().min(0).default(0.5), sequence: z.number().min(0).default(0.5) })
        .prefault({}),
      vote_threshold: z
        .number()
        .min(0)
        .max(1)
        .default(0.5)
        .describe('Probability from which a model votes for a defect'),
    })
    .prefault({}),
});

export type ModelsConfig = z.infer<typeof modelsSchema>;
