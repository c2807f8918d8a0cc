import type { StrandConfigNode } from '../../nodes/lib/config-node.js';
import { alarmedSources } from './desk-run.js';
import type { FrozenSettings } from './evaluation.js';
import type { ServedModels } from './served-models-file.js';

/** Where each source's threshold was frozen: in the models' cards, and in the configuration for rules and ensemble. */
export function frozenSettings(
  config: StrandConfigNode,
  { baseline, sequence }: ServedModels,
): FrozenSettings {
  return {
    thresholds: {
      rules: config.resolve<number>('rules.threshold'),
      baseline: baseline?.card.threshold?.value ?? null,
      sequence: sequence?.card.threshold?.value ?? null,
      ensemble: config.resolve<number>('alerts.thresholds.warning'),
    },
    alarmed: alarmedSources(config),
  };
}
