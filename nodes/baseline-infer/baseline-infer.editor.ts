import type { EditorRED } from 'node-red';
import { checkField } from '../lib/editor/check-field.js';
import { defaults, parseConfig } from './baseline-infer.config.js';

declare const RED: EditorRED;

RED.nodes.registerType('baseline-infer', {
  category: 'StrandWatch',
  color: '#8fb8d8',
  defaults: {
    name: { value: defaults.name },
    strandConfig: { value: defaults.strandConfig, type: 'strand-config', required: true },
    model: { value: defaults.model, type: 'onnx-model', required: true },
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
});
