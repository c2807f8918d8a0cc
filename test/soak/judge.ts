import { slopeOf, type Sample, type Slope } from './slope.js';

/** One look at the process, after `hours` of cast time. Bytes after a full collection; ms. */
export interface Look {
  readonly hours: number;
  readonly rss: number;
  readonly heap: number;
  readonly buffers: number;
  readonly handles: number;
  readonly delayP99: number;
}

export interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly first: number;
  readonly last: number;
  /** Growth over 100 hours of cast time, with its 95 % interval. */
  readonly per100h: Slope;
  /** Growth over 100 h that is still called flat. */
  readonly limit: number;
  readonly isFlat: boolean;
}

/**
 * Share of the hours after which it counts. Until then windows, histories and compiled code fill up, and two pools rise to what
 * the busiest moment needs and stay there: V8's pages and the arenas of malloc, one per thread. They step up some 20 MB in all,
 * ever more rarely, while the heap is flat; a leak goes on at the same pace, and is seen in the second half as well.
 */
const WARM_UP = 0.5;

const FIGURES: readonly (Pick<Figure, 'name' | 'unit' | 'limit'> & { of: (look: Look) => number })[] = [
  { name: 'RSS', unit: 'MB', limit: 8, of: ({ rss }) => rss / 1e6 },
  { name: 'JavaScript heap after collection', unit: 'MB', limit: 2, of: ({ heap }) => heap / 1e6 },
  { name: 'buffers outside the heap', unit: 'MB', limit: 2, of: ({ buffers }) => buffers / 1e6 },
  { name: 'handles, timers, requests', unit: '', limit: 2, of: ({ handles }) => handles },
  { name: 'event-loop delay p99', unit: 'ms', limit: 5, of: ({ delayP99 }) => delayP99 },
];

/** A figure is flat unless its growth after the warm-up is both certain (95 %) and larger than its limit. */
export function judge(looks: readonly Look[], hours: number): Figure[] {
  const counted = looks.filter((look) => look.hours >= WARM_UP * hours);
  return FIGURES.map(({ name, unit, limit, of }) => {
    const samples: Sample[] = counted.map((look) => ({ at: look.hours / 100, value: of(look) }));
    const per100h = slopeOf(samples);
    const isFlat = per100h.low <= 0 || per100h.slope <= limit;
    return { name, unit, limit, per100h, isFlat, first: samples[0]!.value, last: samples.at(-1)!.value };
  });
}
