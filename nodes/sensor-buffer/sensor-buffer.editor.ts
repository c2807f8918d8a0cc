import type { EditorRED } from 'node-red';
import { checkField } from '../lib/editor/check-field.js';
import { sayProblems } from '../lib/editor/field-words.js';
import { showInherited } from '../lib/editor/inherited-values.js';
import { isStrandConfig, pickOnly } from '../lib/editor/pick-config-node.js';
import { defaults, parseConfig } from './sensor-buffer.config.js';

declare const RED: EditorRED;

/** Fields that may be left blank, and the setting that counts then. */
const INHERITED = {
  lateness: 'streaming.lateness',
};

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
  onadd() {
    pickOnly(this, 'strandConfig', isStrandConfig);
  },
  oneditprepare() {
    sayProblems('sensor-buffer');
    showInherited(INHERITED, {
      inherit: this._('sensor-buffer.placeholder.inherit'),
      live: (change) => this._('sensor-buffer.live', change),
    });
  },
});
