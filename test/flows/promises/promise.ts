import type { Shown } from '../../support/debug-sidebar.js';

/** Something that the comment of an example promises to its reader, and what shows that it is kept. */
export interface ExamplePromise {
  /** The comment's own words: whoever changes them comes by here. */
  readonly says: string;
  /** The button that is clicked first; only what is shown after it counts. */
  readonly click?: string;
  /** The debug node that shows it, or the address that serves it. */
  readonly at: string;
  /** All that the debug node has shown, or one text per answer of the address. */
  readonly kept: (seen: readonly Shown[]) => boolean;
}

export type Look = (value: unknown, castS: number) => boolean;

export const holds =
  (look: Look) =>
  ({ value, castS }: Shown) =>
    look(value, castS ?? NaN);
export const some = (look: Look) => (seen: readonly Shown[]) => seen.some(holds(look));
/** Nothing else is ever shown; asked for as soon as a few are. */
export const only = (look: Look) => (seen: readonly Shown[]) => seen.length >= 3 && seen.every(holds(look));
/** The last word so far. */
export const now = (look: Look) => (seen: readonly Shown[]) => seen.length > 0 && holds(look)(seen.at(-1)!);

/** What stands at a path such as `strands.0.castId`; undefined where there is nothing. */
export const get = (value: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null
        ? (inner as Readonly<Record<string | number, unknown>>)[key]
        : undefined,
    value,
  );

/** A number at a path; NaN, which no comparison holds for, where there is none. */
export const num = (value: unknown, ...path: readonly (string | number)[]): number => {
  const found = get(value, ...path);
  return typeof found === 'number' ? found : NaN;
};

export const length = (value: unknown): number => (Array.isArray(value) ? value.length : NaN);
export const matches =
  (pattern: RegExp): Look =>
  (value) =>
    typeof value === 'string' && pattern.test(value);
export const isState =
  (state: string): Look =>
  (value) =>
    get(value, 'state') === state;
export const castsAre =
  (...ids: readonly string[]): Look =>
  (value) =>
    ids.every((id, strand) => get(value, 'strands', strand, 'castId') === id);
/** An event of the alarm whose message is shown whole. */
export const isEvent =
  (event: string): Look =>
  (value) =>
    get(value, 'event') === event;

/** Between the beginning of the shipped sticker and the second at which it would have torn the shell. */
export const duringSticker = (castS: number): boolean => castS >= 1080 && castS <= 1140;
export const sumsToOne = (weights: unknown): boolean =>
  Array.isArray(weights) && Math.abs(weights.reduce((sum: number, one) => sum + Number(one), 0) - 1) < 1e-3;

/** Whether a text stands anywhere in what is shown. */
export const told = (value: unknown, text: string): boolean => JSON.stringify(value ?? null).includes(text);
