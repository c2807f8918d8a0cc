import { registerNode } from '../lib/editor/register-node.js';
import { defaults, parseConfig } from './baseline-infer.config.js';

registerNode('baseline-infer', {
  defaults,
  parseConfig,
  outputs: ['prediction', 'answers'],
  model: 'baseline',
});
