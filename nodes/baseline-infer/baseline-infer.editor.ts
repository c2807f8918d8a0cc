import type { EditorRED } from 'node-red';
import { checkField } from '../lib/editor/check-field.js';
import { sayProblems } from '../lib/editor/field-words.js';
import { showInherited } from '../lib/editor/inherited-values.js';
import { isModel, isStrandConfig, modelOf, pickOnly } from '../lib/editor/pick-config-node.js';
import { defaults, parseConfig } from './baseline-infer.config.js';

declare const RED: EditorRED;

/** Fields that may be left blank, and the setting that counts then. */
const INHERITED = {
  explain: 'models.baseline.explain',
};

RED.nodes.registerType('baseline-infer', {
  category: 'StrandWatch',
  color: '#8fb8d8',
  defaults: {
    name: { value: defaults.name },
    strandConfig: { value: defaults.strandConfig, type: 'strand-config', required: true },
    model: { ...modelOf('baseline'), value: defaults.model },
    shadow: { ...modelOf('baseline'), value: defaults.shadow, required: false },
    explain: { value: defaults.explain, validate: checkField('explain', parseConfig) },
    version: { value: defaults.version },
  },
  inputs: 1,
  outputs: 2,
  icon: 'baseline-infer.svg',
  align: 'left',
  paletteLabel: 'baseline-infer',
  label() {
    return this.name || 'baseline-infer';
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  inputLabels() {
    return this._('baseline-infer.port.input');
  },
  outputLabels(index) {
    return this._(index === 0 ? 'baseline-infer.port.prediction' : 'baseline-infer.port.answers');
  },
  onadd() {
    pickOnly(this, 'strandConfig', isStrandConfig);
    pickOnly(this, 'model', isModel('baseline'));
  },
  oneditprepare() {
    sayProblems('baseline-infer');
    showInherited(INHERITED, {
      inherit: this._('baseline-infer.placeholder.inherit'),
      live: (change) => this._('baseline-infer.live', change),
    });
  },
});
