import { percentileInterval, type Interval } from './resampling.js';

/** The shape of figures with an interval, or null, at each number. */
export type Intervals<Figures> = {
  readonly [Key in keyof Figures]: Figures[Key] extends number | null
    ? Interval | null
    : Intervals<Figures[Key]>;
};

/** The interval of every figure over its replicates, in the shape that the figures have. */
export function intervalsOf<Figures extends object>(replicates: readonly Figures[]): Intervals<Figures> {
  const [first] = replicates;
  if (first === undefined) throw new RangeError('expected at least one replicate');
  return Object.fromEntries(
    Object.entries(first).map(([key, figure]) => {
      const values = replicates.map((replicate) => replicate[key as keyof Figures] as unknown);
      const inside =
        typeof figure === 'object' && figure !== null
          ? intervalsOf(values as object[])
          : percentileInterval(values as (number | null)[]);
      return [key, inside];
    }),
  ) as Intervals<Figures>;
}
