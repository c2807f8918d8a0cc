import { registerNode } from '../lib/editor/register-node.js';
import { defaults, parseConfig } from './alert-manager.config.js';

registerNode('alert-manager', {
  defaults,
  parseConfig,
  outputs: ['alarms', 'notifications', 'answers'],
});
