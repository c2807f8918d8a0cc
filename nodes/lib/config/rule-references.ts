import type { z } from 'zod';
import { shown } from '../errors.js';
import { didYouMean } from './did-you-mean.js';
import { featureNames, type FeatureSources } from './feature-names.js';

/** What `states` and `rules` refer to; kept structural, since the schema that uses this is made of them. */
export interface RuleSources extends FeatureSources {
  readonly states: { readonly sensors: Readonly<Record<string, string | undefined>> };
  readonly rules: { readonly list: readonly { readonly name: string; readonly feature: string }[] };
}

/** Checks that every sensor of `states` and every feature of `rules` exists, and that no two rules share a name. */
export function checkRuleReferences(config: RuleSources, context: z.core.$RefinementCtx): void {
  const complain = (path: PropertyKey[], message: string): void =>
    context.addIssue({ code: 'custom', path, message, input: config });
  const sensors = config.sensors.map(({ name }) => name);
  for (const [signal, name] of Object.entries(config.states.sensors)) {
    if (name === undefined || sensors.includes(name)) continue;
    const meant = didYouMean(name, sensors);
    const advice = meant === null ? 'List it under sensors, or remove it here.' : `Did you mean "${meant}"?`;
    complain(['states', 'sensors', signal], `no sensor is called ${shown(name)}. ${advice}`);
  }
  const features = featureNames(config);
  const taken = new Set<string>();
  config.rules.list.forEach(({ name, feature }, i) => {
    if (taken.has(name))
      complain(['rules', 'list', i, 'name'], `${shown(name)} is already the name of a rule.`);
    taken.add(name);
    if (features.has(feature)) return;
    const meant = didYouMean(feature, [...features]);
    const advice = meant === null ? 'docs/features.md lists what there is.' : `Did you mean "${meant}"?`;
    complain(['rules', 'list', i, 'feature'], `no feature is called ${shown(feature)}. ${advice}`);
  });
}
