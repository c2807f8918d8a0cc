import { z } from 'zod';

const score = z.number().min(0).max(1);

const NAME = /^[a-z][a-z0-9-]*$/;

export const ruleSchema = z
  .strictObject({
    name: z
      .string()
      .regex(NAME, 'lower-case letters, digits and -, starting with a letter')
      .describe('Key of the rule'),
    label: z.string().min(1).optional().describe('Name for people; default: the name itself'),
    mechanism: z.string().min(1).describe('Mechanism of the defect that the rule looks for'),
    feature: z.string().min(1).describe('Feature that is looked at; docs/features.md lists them'),
    unit: z.string().default('').describe('Unit of the feature, as shown to people'),
    points: z
      .array(z.tuple([z.number(), score]))
      .min(2)
      .max(32)
      .describe(
        'Pairs of value and score, with a straight line between two. Values all rise or all fall, scores never fall; before the first pair the score is 0, behind the last one that of the last',
      ),
    text: z
      .string()
      .min(1)
      .default('{label}: {value} {unit}, limit {limit}')
      .describe(
        'What is told; {label}, {value}, {size} (without its sign), {percent} (the size times 100), {limit}, {unit} and {score} are filled in',
      ),
    enabled: z.boolean().default(true).describe('false: this rule keeps silent'),
  })
  .superRefine(({ points }, context) => {
    const isFalling = points[1]![0] < points[0]![0];
    for (let i = 1; i < points.length; i++) {
      const [before, scoreBefore] = points[i - 1]!;
      const [value, scoreHere] = points[i]!;
      const path = ['points', i];
      if (isFalling ? value >= before : value <= before)
        context.addIssue({ code: 'custom', path, message: 'values must all rise, or all fall' });
      if (scoreHere < scoreBefore)
        context.addIssue({ code: 'custom', path, message: 'scores must not fall from one pair to the next' });
    }
  });

/** Deterministic rules: second opinion beside the models, and their stand-in. */
export const rulesSchema = z.strictObject({
  enabled: z.boolean().default(true).describe('false: no rule speaks, not even when every model is silent'),
  threshold: score.default(0.5).describe('Score from which the rules alone would raise an alarm'),
  list: z.array(ruleSchema).max(256).default([]).describe('The rules; the highest score speaks for all'),
});

export type RuleConfig = z.infer<typeof ruleSchema>;
export type RulesConfig = z.infer<typeof rulesSchema>;
