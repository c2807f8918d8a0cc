import type { z } from 'zod';
import { asError, shown } from '../errors.js';
import { compileExpression } from '../expression.js';
import { didYouMean } from './did-you-mean.js';
import { GRADE_VALUES } from './process.js';
import { checkRuleReferences, type RuleSources } from './rule-references.js';

/** The sections in which sensors are named; kept structural, since the schema that uses this is made of them. */
interface Referring extends RuleSources {
  readonly streaming: { readonly checkpoints: readonly object[] };
  readonly process?:
    | {
        readonly signals: Readonly<Record<string, string | readonly string[]>>;
        readonly thermocouples: { readonly upper: readonly string[]; readonly lower: readonly string[] };
      }
    | undefined;
  readonly features: Omit<RuleSources['features'], 'derived'> & {
    readonly derived: readonly { readonly name: string; readonly expression: string }[];
    readonly correlations: readonly { readonly pair: readonly [string, string] }[];
    readonly sequence: { readonly channels?: readonly string[] | undefined };
  };
}

type MustExist = (name: string, known: ReadonlySet<string>, path: PropertyKey[]) => void;

/** Checks what one section says of another: every sensor that is named exists, and every name is given once. */
export function checkReferences(config: Referring, context: z.core.$RefinementCtx): void {
  const complain = (path: PropertyKey[], message: string): void =>
    context.addIssue({ code: 'custom', path, message, input: config });
  const mustExist: MustExist = (name, known, path) => {
    if (known.has(name)) return;
    const meant = didYouMean(name, [...known]);
    const advice = meant === null ? 'List it under sensors, or remove it here.' : `Did you mean "${meant}"?`;
    complain(path, `no sensor is called ${shown(name)}. ${advice}`);
  };
  const measured = new Set<string>();
  config.sensors.forEach(({ name }, i) => {
    if (measured.has(name))
      complain(['sensors', i, 'name'], `${shown(name)} is already the name of a sensor.`);
    measured.add(name);
  });
  const all = new Set(measured);
  const taken = new Set<string>(GRADE_VALUES);
  config.features.derived.forEach(({ name, expression }, i) => {
    const path = ['features', 'derived', i];
    if (all.has(name)) complain([...path, 'name'], `${shown(name)} is already the name of a sensor.`);
    if (taken.has(name))
      complain([...path, 'name'], `${shown(name)} is already the name of a grade's value.`);
    try {
      compileExpression(expression, (used) => (all.has(used) || taken.has(used) ? 0 : -1));
    } catch (err) {
      complain([...path, 'expression'], asError(err).message);
    }
    all.add(name);
  });

  checkCheckpoints(config, measured, mustExist);
  checkRuleReferences(config, context);
  if (!config.features.physics) return checkFeatures(config, all, mustExist);
  // With physics, features may name series that only feature-extract knows: it checks them.
  if (config.process === undefined) {
    const message = 'expected false while there is no process section. Add one, or write false.';
    return complain(['features', 'physics'], message);
  }
  for (const [signal, names] of Object.entries(config.process.signals)) {
    const path = ['process', 'signals', signal];
    if (typeof names === 'string') mustExist(names, measured, path);
    else names.forEach((name, i) => mustExist(name, measured, [...path, i]));
  }
  for (const row of ['upper', 'lower'] as const) {
    config.process.thermocouples[row].forEach((name, i) =>
      mustExist(name, measured, ['process', 'thermocouples', row, i]),
    );
  }
}

function checkCheckpoints({ streaming }: Referring, known: ReadonlySet<string>, mustExist: MustExist): void {
  streaming.checkpoints.forEach((checkpoint, i) => {
    for (const part of ['when', 'expect'] as const) {
      const limits = (checkpoint as { readonly [key in typeof part]?: object })[part] ?? {};
      for (const name of Object.keys(limits))
        mustExist(name, known, ['streaming', 'checkpoints', i, part, name]);
    }
  });
}

function checkFeatures({ features }: Referring, known: ReadonlySet<string>, mustExist: MustExist): void {
  for (const name of Object.keys(features.sensors)) mustExist(name, known, ['features', 'sensors', name]);
  features.correlations.forEach(({ pair }, i) =>
    pair.forEach((name, side) => mustExist(name, known, ['features', 'correlations', i, 'pair', side])),
  );
  features.sequence.channels?.forEach((name, i) =>
    mustExist(name.replace(/\.deviation$/, ''), known, ['features', 'sequence', 'channels', i]),
  );
}
