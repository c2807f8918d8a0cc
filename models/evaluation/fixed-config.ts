import type { StrandConfigNode } from '../../nodes/lib/config-node.js';
import { Configuration } from '../../nodes/strand-config/configuration.js';

/** What a node sees of a configuration that never changes and has no live commands. @throws ConfigError */
export function fixedConfig(raw: unknown): StrandConfigNode {
  const configuration = new Configuration();
  configuration.load(raw);
  const view: Pick<StrandConfigNode, 'current' | 'resolve'> = {
    current: configuration.current,
    resolve: (path, own) => configuration.resolve(path, own),
  };
  // The settings of a node are worked out from these two alone.
  return view as StrandConfigNode;
}
