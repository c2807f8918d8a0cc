import type { EditorRED } from 'node-red';
import { checkField } from '../lib/editor/check-field.js';
import { sayProblems } from '../lib/editor/field-words.js';
import { showInherited } from '../lib/editor/inherited-values.js';
import { isStrandConfig, pickOnly } from '../lib/editor/pick-config-node.js';
import { defaults, parseConfig } from './feature-extract.config.js';

declare const RED: EditorRED;

/** Fields that may be left blank, and the setting that counts then. */
const INHERITED = {
  inferenceInterval: 'streaming.inference_interval',
};

RED.nodes.registerType('feature-extract', {
  category: 'StrandWatch',
  color: '#8fb8d8',
  defaults: {
    name: { value: defaults.name },
    strandConfig: { value: defaults.strandConfig, type: 'strand-config', required: true },
    inferenceInterval: {
      value: defaults.inferenceInterval,
      validate: checkField('inferenceInterval', parseConfig),
    },
    version: { value: defaults.version },
  },
  inputs: 1,
  outputs: 2,
  icon: 'feature-extract.svg',
  align: 'left',
  paletteLabel: 'feature-extract',
  label() {
    return this.name || 'feature-extract';
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  inputLabels() {
    return this._('feature-extract.port.input');
  },
  outputLabels(index) {
    return this._(index === 0 ? 'feature-extract.port.features' : 'feature-extract.port.sequence');
  },
  onadd() {
    pickOnly(this, 'strandConfig', isStrandConfig);
  },
  oneditprepare() {
    sayProblems('feature-extract');
    showInherited(INHERITED, {
      inherit: this._('feature-extract.placeholder.inherit'),
      live: (change) => this._('feature-extract.live', change),
    });
  },
});
