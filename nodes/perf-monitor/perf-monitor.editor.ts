import { registerNode } from '../lib/editor/register-node.js';
import { defaults, parseConfig } from './perf-monitor.config.js';

registerNode('perf-monitor', {
  defaults,
  parseConfig,
  outputs: ['through', 'figures'],
  optional: ['strandConfig'],
});
