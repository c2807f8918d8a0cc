import type { Attention } from '../messages.js';

/**
 * Parts that a window is told in: finer than anyone reads, and few enough that a message with them is cheap to clone
 * (Node-RED's clone visits every element of an array, typed or not).
 */
const MAX_PARTS = 30;

/**
 * A graph's weights per step, summed over equal parts of the window. Parts are counted from the newest step: where the
 * steps don't divide evenly, the oldest part is the short one.
 * @param weights one per step, oldest first
 * @param stepS s between two steps
 */
export function attentionParts(weights: ArrayLike<number>, stepS: number): Attention {
  const steps = weights.length;
  const perPart = Math.max(1, Math.ceil(steps / MAX_PARTS));
  const parts = new Array<number>(Math.ceil(steps / perPart)).fill(0);
  for (let step = 0; step < steps; step++)
    parts[parts.length - 1 - Math.floor((steps - 1 - step) / perPart)]! += weights[step]!;
  return { partS: perPart * stepS, weights: parts };
}
