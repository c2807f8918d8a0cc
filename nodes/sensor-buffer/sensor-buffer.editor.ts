import type { EditorRED } from 'node-red';
import { checkField } from '../lib/editor/check-field.js';
import { defaults, parseConfig } from './sensor-buffer.config.js';

declare const RED: EditorRED;

RED.nodes.registerType('sensor-buffer', {
  category: 'StrandWatch',
  color: '#8fb8d8',
  defaults: {
    name: { value: defaults.name },
    strandConfig: { value: defaults.strandConfig, type: 'strand-config', required: true },
    lateness: { value: defaults.lateness, validate: checkField('lateness', parseConfig) },
    windowInterval: { value: defaults.windowInterval, validate: checkField('windowInterval', parseConfig) },
    version: { value: defaults.version },
  },
  inputs: 1,
  outputs: 2,
  icon: 'sensor-buffer.svg',
  align: 'left',
  paletteLabel: 'sensor-buffer',
  label() {
    return this.name || 'sensor-buffer';
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  inputLabels() {
    return this._('sensor-buffer.port.input');
  },
  outputLabels(index) {
    return this._(index === 0 ? 'sensor-buffer.port.readings' : 'sensor-buffer.port.answers');
  },
});
