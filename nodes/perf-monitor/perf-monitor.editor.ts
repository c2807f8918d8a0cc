import type { EditorRED } from 'node-red';
import { paletteNode } from '../lib/editor/palette-node.js';
import { defaults, parseConfig } from './perf-monitor.config.js';

declare const RED: EditorRED;

const node = paletteNode('perf-monitor', {
  defaults,
  parseConfig,
  outputs: ['through', 'figures'],
  optional: ['strandConfig'],
});

// Word for word, for the flow library's scorecard reads this call without running it.
RED.nodes.registerType<{ name: string }>('perf-monitor', {
  category: 'StrandWatch',
  color: '#8fb8d8',
  icon: 'perf-monitor.svg',
  align: 'left',
  inputs: 1,
  outputs: 2,
  paletteLabel: 'perf-monitor',
  defaults: node.defaults,
  label: node.label,
  labelStyle: node.labelStyle,
  inputLabels: node.inputLabels,
  outputLabels: node.outputLabels,
  onadd: node.onadd,
  oneditprepare: node.oneditprepare,
});
