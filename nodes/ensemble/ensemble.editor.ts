import { registerNode } from '../lib/editor/register-node.js';
import { defaults, parseConfig } from './ensemble.config.js';

registerNode('ensemble', { defaults, parseConfig, outputs: ['risk', 'answers'] });
