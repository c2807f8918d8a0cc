import { registerNode } from '../lib/editor/register-node.js';
import { defaults, parseConfig } from './sensor-buffer.config.js';

registerNode('sensor-buffer', { defaults, parseConfig, outputs: ['readings', 'answers'] });
