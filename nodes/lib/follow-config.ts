import type { Node } from 'node-red';
import type { StrandConfigNode } from './config-node.js';
import type { StrandWatchConfig } from './config/schema.js';
import { ConfigError } from './errors.js';

/**
 * Hands `apply` the configuration in force, now and after each change, until the node closes.
 * Without one the node shows red; it starts by itself as soon as the configuration is mended.
 */
export function followConfig(
  node: Node,
  config: StrandConfigNode | null,
  apply: (config: StrandWatchConfig) => void,
): void {
  if (config === null) {
    node.status({ fill: 'red', shape: 'ring', text: 'no strand-config chosen' });
    return;
  }
  if (config.current === null)
    node.status({ fill: 'red', shape: 'ring', text: 'waiting for a valid configuration' });
  else apply(config.current);
  node.on('close', config.onChange(apply));
}

/** The error of a message that arrived while there is no configuration. */
export const noConfiguration = (): ConfigError =>
  new ConfigError(
    'CONFIG_INVALID',
    'no valid configuration: open the node, choose a strand-config and see its status.',
  );
