import type { EditorRED } from 'node-red';
import { paletteNode } from '../lib/editor/palette-node.js';
import { defaults, parseConfig } from './sequence-infer.config.js';

declare const RED: EditorRED;

const node = paletteNode('sequence-infer', {
  defaults,
  parseConfig,
  outputs: ['prediction', 'answers'],
  model: 'sequence',
});

// Word for word, for the flow library's scorecard reads this call without running it.
RED.nodes.registerType<{ name: string }>('sequence-infer', {
  category: 'StrandWatch',
  color: '#8fb8d8',
  icon: 'sequence-infer.svg',
  align: 'left',
  inputs: 1,
  outputs: 2,
  paletteLabel: 'sequence-infer',
  defaults: node.defaults,
  label: node.label,
  labelStyle: node.labelStyle,
  inputLabels: node.inputLabels,
  outputLabels: node.outputLabels,
  onadd: node.onadd,
  oneditprepare: node.oneditprepare,
});
