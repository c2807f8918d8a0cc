import type { EditorRED } from 'node-red';
import { checkField } from '../lib/editor/check-field.js';
import { sayProblems } from '../lib/editor/field-words.js';
import { isStrandConfig, pickOnly } from '../lib/editor/pick-config-node.js';
import { defaults, parseConfig } from './perf-monitor.config.js';

declare const RED: EditorRED;

RED.nodes.registerType('perf-monitor', {
  category: 'StrandWatch',
  color: '#8fb8d8',
  defaults: {
    name: { value: defaults.name },
    strandConfig: { value: defaults.strandConfig, type: 'strand-config', required: false },
    period: { value: defaults.period, validate: checkField('period', parseConfig) },
    version: { value: defaults.version },
  },
  inputs: 1,
  outputs: 2,
  icon: 'perf-monitor.svg',
  align: 'left',
  paletteLabel: 'perf-monitor',
  label() {
    return this.name || 'perf-monitor';
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  inputLabels() {
    return this._('perf-monitor.port.input');
  },
  outputLabels(index) {
    return this._(index === 0 ? 'perf-monitor.port.through' : 'perf-monitor.port.figures');
  },
  onadd() {
    pickOnly(this, 'strandConfig', isStrandConfig);
  },
  oneditprepare() {
    sayProblems('perf-monitor');
  },
});
