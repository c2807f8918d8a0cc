import { z } from 'zod';
import { asError, ModelError } from '../lib/errors.js';
import type { TensorData } from '../lib/model-node.js';

const tensorSchema = z.object({
  dims: z.array(z.number().int().nonnegative()),
  data: z.array(z.number().nullable()),
});

const goldenSchema = z.object({
  tolerance: z.number().positive(),
  inputs: z.record(z.string(), tensorSchema),
  outputs: z.record(z.string(), tensorSchema),
});

/** What the training computed for some inputs: a graph that gives anything else is not the one that was measured. */
export type Golden = z.infer<typeof goldenSchema>;

/** @throws ModelError MODEL_INVALID when the text holds no golden vectors */
export function readGolden(text: string, file: string): Golden {
  try {
    return goldenSchema.parse(JSON.parse(text));
  } catch (err) {
    const reason = err instanceof z.ZodError ? z.prettifyError(err) : asError(err).message;
    throw new ModelError(
      'MODEL_INVALID',
      `${file}: no golden vectors: ${reason}. Write them anew or remove the file.`,
      {
        cause: err,
      },
    );
  }
}

/** The inputs as tensors; NaN is written as null. */
export const feedsOf = ({ inputs }: Golden): Record<string, TensorData> =>
  Object.fromEntries(
    Object.entries(inputs).map(([name, { dims, data }]) => [
      name,
      { type: 'float32', dims, data: Float32Array.from(data, (value) => value ?? NaN) },
    ]),
  );

/** @throws ModelError MODEL_INVALID naming the first number that differs by more than the tolerance */
export function compareGolden(
  { outputs, tolerance }: Golden,
  got: Readonly<Record<string, TensorData>>,
): void {
  for (const [name, { data }] of Object.entries(outputs)) {
    const numbers = got[name]?.data;
    for (let i = 0; i < data.length; i++) {
      const wanted = data[i] ?? NaN;
      const value = Number(numbers?.[i]);
      if (Math.abs(value - wanted) <= tolerance || (Number.isNaN(value) && Number.isNaN(wanted))) continue;
      throw new ModelError(
        'MODEL_INVALID',
        `output "${name}"[${i}]: expected ${wanted} as in golden.json, the graph gave ${value}. ` +
          'Put card, graph and golden.json of the same training together, or remove golden.json.',
      );
    }
  }
}
