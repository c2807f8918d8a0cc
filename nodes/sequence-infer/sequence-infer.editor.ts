import type { EditorRED } from 'node-red';
import { checkField } from '../lib/editor/check-field.js';
import { sayProblems } from '../lib/editor/field-words.js';
import { showInherited } from '../lib/editor/inherited-values.js';
import { isModel, isStrandConfig, modelOf, pickOnly } from '../lib/editor/pick-config-node.js';
import { defaults, parseConfig } from './sequence-infer.config.js';

declare const RED: EditorRED;

/** Fields that may be left blank, and the setting that counts then. */
const INHERITED = {
  explain: 'models.sequence.explain',
};

RED.nodes.registerType('sequence-infer', {
  category: 'StrandWatch',
  color: '#8fb8d8',
  defaults: {
    name: { value: defaults.name },
    strandConfig: { value: defaults.strandConfig, type: 'strand-config', required: true },
    model: { ...modelOf('sequence'), value: defaults.model },
    shadow: { ...modelOf('sequence'), value: defaults.shadow, required: false },
    explain: { value: defaults.explain, validate: checkField('explain', parseConfig) },
    version: { value: defaults.version },
  },
  inputs: 1,
  outputs: 2,
  icon: 'sequence-infer.svg',
  align: 'left',
  paletteLabel: 'sequence-infer',
  label() {
    return this.name || 'sequence-infer';
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  inputLabels() {
    return this._('sequence-infer.port.input');
  },
  outputLabels(index) {
    return this._(index === 0 ? 'sequence-infer.port.prediction' : 'sequence-infer.port.answers');
  },
  onadd() {
    pickOnly(this, 'strandConfig', isStrandConfig);
    pickOnly(this, 'model', isModel('sequence'));
  },
  oneditprepare() {
    sayProblems('sequence-infer');
    showInherited(INHERITED, {
      inherit: this._('sequence-infer.placeholder.inherit'),
      live: (change) => this._('sequence-infer.live', change),
    });
  },
});
