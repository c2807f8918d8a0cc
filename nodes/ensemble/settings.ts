import type { StrandConfigNode } from '../lib/config-node.js';
import type { EnsembleMethod } from '../lib/messages.js';
import type { CombineSettings } from './combine.js';
import type { EnsembleConfig } from './ensemble.config.js';

/** What holds now: live command, else the node's own field, else the YAML file. */
export function settingsInForce(config: StrandConfigNode, own: EnsembleConfig): CombineSettings {
  return {
    method: config.resolve<EnsembleMethod>('models.ensemble.method', own.method),
    weights: {
      baseline: config.resolve<number>('models.ensemble.weights.baseline', own.baselineWeight),
      sequence: config.resolve<number>('models.ensemble.weights.sequence', own.sequenceWeight),
    },
    voteThreshold: config.resolve<number>('models.ensemble.vote_threshold', own.voteThreshold),
    calibration: {
      slope: config.resolve<number>('models.ensemble.calibration.slope'),
      intercept: config.resolve<number>('models.ensemble.calibration.intercept'),
    },
    enabled: {
      baseline: config.resolve<boolean>('models.baseline.enabled'),
      sequence: config.resolve<boolean>('models.sequence.enabled'),
    },
  };
}
