import type { z } from 'zod';
import { shown } from '../errors.js';
import { didYouMean } from './did-you-mean.js';

/** The sections in which sensors are named; kept structural, since the schema that uses this is made of them. */
interface Referring {
  readonly sensors: readonly { readonly name: string }[];
  readonly streaming: { readonly checkpoints: readonly object[] };
  readonly process?:
    | { readonly thermocouples: { readonly upper: readonly string[]; readonly lower: readonly string[] } }
    | undefined;
  readonly features: {
    readonly physics: boolean;
    readonly sensors: Readonly<Record<string, unknown>>;
    readonly derived: readonly { readonly name: string }[];
    readonly correlations: readonly { readonly pair: readonly [string, string] }[];
    readonly sequence: { readonly channels?: readonly string[] | undefined };
  };
}

/** Checks what one section says of another: every sensor that is named exists, and every name is given once. */
export function checkReferences(config: Referring, context: z.core.$RefinementCtx): void {
  const complain = (path: PropertyKey[], message: string): void =>
    context.addIssue({ code: 'custom', path, message, input: config });
  const { sensors, streaming, process, features } = config;
  const measured = new Set<string>();
  const all = new Set<string>();

  sensors.forEach(({ name }, i) => {
    if (all.has(name)) complain(['sensors', i, 'name'], `${shown(name)} is already the name of a sensor.`);
    measured.add(name);
    all.add(name);
  });
  features.derived.forEach(({ name }, i) => {
    if (all.has(name))
      complain(['features', 'derived', i, 'name'], `${shown(name)} is already the name of a sensor.`);
    all.add(name);
  });

  const mustExist = (name: string, known: ReadonlySet<string>, path: PropertyKey[]): void => {
    if (known.has(name)) return;
    const meant = didYouMean(name, [...known]);
    const advice = meant === null ? 'List it under sensors, or remove it here.' : `Did you mean "${meant}"?`;
    complain(path, `no sensor is called ${shown(name)}. ${advice}`);
  };
  for (const row of ['upper', 'lower'] as const) {
    process?.thermocouples[row].forEach((name, i) =>
      mustExist(name, measured, ['process', 'thermocouples', row, i]),
    );
  }
  for (const name of Object.keys(features.sensors)) mustExist(name, all, ['features', 'sensors', name]);
  features.correlations.forEach(({ pair }, i) =>
    pair.forEach((name, side) => mustExist(name, all, ['features', 'correlations', i, 'pair', side])),
  );
  features.sequence.channels?.forEach((name, i) =>
    mustExist(name, all, ['features', 'sequence', 'channels', i]),
  );
  streaming.checkpoints.forEach((checkpoint, i) => {
    for (const part of ['when', 'expect'] as const) {
      const limits = (checkpoint as { readonly [key in typeof part]?: object })[part] ?? {};
      for (const name of Object.keys(limits))
        mustExist(name, measured, ['streaming', 'checkpoints', i, part, name]);
    }
  });
  if (features.physics && process === undefined)
    complain(
      ['features', 'physics'],
      'expected false while there is no process section. Add one, or write false.',
    );
}
