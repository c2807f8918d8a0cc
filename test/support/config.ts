import { checkConfig } from '../../nodes/lib/config/read-config.js';
import type { StrandWatchConfig } from '../../nodes/lib/config/schema.js';

/** The shortest valid configuration, with `change` put in at the top level. */
export function configWith(change: Readonly<Record<string, unknown>> = {}): StrandWatchConfig {
  return checkConfig({ sensors: [{ name: 'mold_level', unit: 'mm', range: [0, 200] }], ...change }, 'test');
}
