import type { EditorRED } from 'node-red';
import { checkField } from '../lib/editor/check-field.js';
import { sayProblems } from '../lib/editor/field-words.js';
import { showInherited } from '../lib/editor/inherited-values.js';
import { isStrandConfig, pickOnly } from '../lib/editor/pick-config-node.js';
import { defaults, parseConfig } from './ensemble.config.js';

declare const RED: EditorRED;

/** Fields that may be left blank, and the setting that counts then. */
const INHERITED = {
  method: 'models.ensemble.method',
  baselineWeight: 'models.ensemble.weights.baseline',
  sequenceWeight: 'models.ensemble.weights.sequence',
  voteThreshold: 'models.ensemble.vote_threshold',
};

RED.nodes.registerType('ensemble', {
  category: 'StrandWatch',
  color: '#8fb8d8',
  defaults: {
    name: { value: defaults.name },
    strandConfig: { value: defaults.strandConfig, type: 'strand-config', required: true },
    method: { value: defaults.method },
    baselineWeight: { value: defaults.baselineWeight, validate: checkField('baselineWeight', parseConfig) },
    sequenceWeight: { value: defaults.sequenceWeight, validate: checkField('sequenceWeight', parseConfig) },
    voteThreshold: { value: defaults.voteThreshold, validate: checkField('voteThreshold', parseConfig) },
    version: { value: defaults.version },
  },
  inputs: 1,
  outputs: 2,
  icon: 'ensemble.svg',
  align: 'left',
  paletteLabel: 'ensemble',
  label() {
    return this.name || 'ensemble';
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  inputLabels() {
    return this._('ensemble.port.input');
  },
  outputLabels(index) {
    return this._(index === 0 ? 'ensemble.port.risk' : 'ensemble.port.answers');
  },
  onadd() {
    pickOnly(this, 'strandConfig', isStrandConfig);
  },
  oneditprepare() {
    sayProblems('ensemble');
    showInherited(INHERITED, {
      inherit: this._('ensemble.placeholder.inherit'),
      live: (change) => this._('ensemble.live', change),
    });
  },
});
