import { registerNode } from '../lib/editor/register-node.js';
import { defaults, parseConfig } from './feature-extract.config.js';

registerNode('feature-extract', { defaults, parseConfig, outputs: ['features', 'sequence'] });
