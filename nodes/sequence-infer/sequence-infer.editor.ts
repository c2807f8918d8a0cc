import { registerNode } from '../lib/editor/register-node.js';
import { defaults, parseConfig } from './sequence-infer.config.js';

registerNode('sequence-infer', {
  defaults,
  parseConfig,
  outputs: ['prediction', 'answers'],
  model: 'sequence',
});
