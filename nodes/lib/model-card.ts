import { z } from 'zod';

const metricsSchema = z.record(
  z.string(),
  z.union([z.number(), z.string(), z.record(z.string(), z.union([z.number(), z.string()]))]),
);

const normalSchema = z
  .record(z.string(), z.record(z.string(), z.tuple([z.number(), z.number(), z.number()])))
  .describe(
    '5 %, 50 % and 95 % quantile over training seconds without a defect, by steel grade and then by input; grade `any`: over all',
  );

const common = {
  format: z.literal(1),
  name: z.string().min(1),
  version: z.string().min(1),
  description: z.string().optional(),
  graph: z.strictObject({
    file: z
      .string()
      // A card that came from elsewhere must not make the node read what lies elsewhere.
      .regex(
        /^(?!\/)(?!(?:.*\/)?\.\.(?:\/|$))[^\\:\0]+$/,
        'a file beside the card or in a folder below it: no absolute path, no ".."',
      )
      .describe('Relative to the card'),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    opset: z.number().int().positive().optional(),
  }),
  featureSpec: z
    .string()
    .optional()
    .describe('Hash of the sensors and features sections it was trained with'),
  training: z.record(z.string(), z.unknown()).default({}).describe('Data hash, seeds, casts, command'),
  calibration: z.record(z.string(), z.unknown()).default({}),
  metrics: metricsSchema.default({}).describe('Measured on held-out casts'),
  thresholds: z
    .array(z.strictObject({ threshold: z.number(), recall: z.number(), falseAlarmsPer8h: z.number() }))
    .default([]),
  threshold: z
    .strictObject({
      value: z.number().min(0).max(1),
      rule: z.string().describe('How it was chosen, in words'),
      budgetPer8h: z.number().positive().describe('False alarms per 8 strand-hours it was chosen for'),
    })
    .optional()
    .describe('The alarm threshold, frozen on validation casts'),
  mechanisms: z
    .array(z.string().min(1))
    .min(2)
    .optional()
    .describe('Defect mechanisms in the order of the tensor `mechanisms`'),
  normal: normalSchema.optional(),
};

const outputs = {
  probability: z.string().describe('Tensor [batch], calibrated, 0..1'),
  mechanisms: z
    .string()
    .optional()
    .describe('Tensor [batch, mechanisms]: share of each mechanism if this is a defect, sums to 1'),
};

export const baselineCardSchema = z.strictObject({
  ...common,
  kind: z.literal('baseline'),
  input: z.strictObject({
    features: z.string().describe('Tensor [batch, features], float32, NaN = missing'),
    names: z.array(z.string()).min(1).describe('Features in the order of the tensor'),
    reference: z
      .array(z.number().nullable())
      .optional()
      .describe('Usual value per feature, for contributions by occlusion'),
  }),
  output: z.strictObject({
    ...outputs,
    contributions: z
      .string()
      .optional()
      .describe('Tensor [batch, features]: share of the log-odds per feature'),
  }),
});

export const sequenceCardSchema = z.strictObject({
  ...common,
  kind: z.literal('sequence'),
  input: z.strictObject({
    sequence: z.string().describe('Tensor [batch, length, channels], float32, 0 where missing'),
    mask: z.string().describe('Tensor [batch, length, channels], float32: 1 = measured'),
    names: z.array(z.string()).min(1).describe('Channels in the order of the tensor'),
    length: z.number().int().positive(),
    step: z.number().int().positive().describe('s between two steps'),
  }),
  output: z.strictObject({
    ...outputs,
    attention: z.string().optional().describe('Tensor [batch, length], sums to 1'),
  }),
});

export const modelCardSchema = z
  .discriminatedUnion('kind', [baselineCardSchema, sequenceCardSchema])
  .refine(({ mechanisms, output }) => output.mechanisms === undefined || mechanisms !== undefined, {
    path: ['mechanisms'],
    message: 'expected the names of the mechanisms, for output.mechanisms gives their shares',
  });

export type BaselineCard = z.infer<typeof baselineCardSchema>;
export type SequenceCard = z.infer<typeof sequenceCardSchema>;
export type ModelCard = z.infer<typeof modelCardSchema>;
