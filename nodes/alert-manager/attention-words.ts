import type { Look } from '../lib/alarm.js';
import type { Attention } from '../lib/messages.js';
import { explainedIn } from './explained.js';
import { shownTime } from '../lib/words/shown-amount.js';

/** Share of the weight that makes a stretch of the window `mostly` where the model looked. */
const MOSTLY = 0.6;

/** Where the sequence model looked; null when it doesn't tell. */
export function lookOf(payload: Readonly<Record<string, unknown>>): Look | null {
  const attention = explainedIn(payload).find((model) => model.attention !== null)?.attention;
  return attention === undefined || attention === null ? null : lookIn(attention);
}

export function lookIn({ partS, weights }: Attention): Look | null {
  const total = weights.reduce((sum, weight) => sum + Math.max(0, weight), 0);
  if (!(total > 0)) return null;
  const { start, end, sum } = shortestStretch(weights, MOSTLY * total);
  const fromS = (weights.length - start) * partS;
  const toS = (weights.length - end) * partS;
  if (end - start > weights.length / 2) {
    const wholeS = weights.length * partS;
    return { fromS: wholeS, toS: 0, share: 1, text: `looked at the whole of the last ${shownTime(wholeS)}` };
  }
  return { fromS, toS, share: sum / total, text: textOf(fromS, toS) };
}

/** Of stretches equally short, that with the most weight. */
function shortestStretch(weights: readonly number[], enough: number) {
  let best = { start: 0, end: weights.length, sum: weights.reduce((sum, weight) => sum + weight, 0) };
  for (let start = 0; start < weights.length; start++) {
    let sum = 0;
    for (let end = start + 1; end <= weights.length; end++) {
      sum += weights[end - 1]!;
      if (sum < enough) continue;
      const length = end - start;
      const shortest = best.end - best.start;
      if (length < shortest || (length === shortest && sum > best.sum)) best = { start, end, sum };
      break;
    }
  }
  return best;
}

function textOf(fromS: number, toS: number): string {
  if (toS === 0) return `looked mostly at the last ${shownTime(fromS)}`;
  return `looked mostly at the time from ${shownTime(fromS)} to ${shownTime(toS)} ago`;
}
