import type { EditorRED } from 'node-red';
import { paletteNode } from '../lib/editor/palette-node.js';
import { defaults, parseConfig } from './baseline-infer.config.js';

declare const RED: EditorRED;

const node = paletteNode('baseline-infer', {
  defaults,
  parseConfig,
  outputs: ['prediction', 'answers'],
  model: 'baseline',
});

// Word for word, for the flow library's scorecard reads this call without running it.
RED.nodes.registerType<{ name: string }>('baseline-infer', {
  category: 'StrandWatch',
  color: '#8fb8d8',
  icon: 'baseline-infer.svg',
  align: 'left',
  inputs: 1,
  outputs: 2,
  paletteLabel: 'baseline-infer',
  defaults: node.defaults,
  label: node.label,
  labelStyle: node.labelStyle,
  inputLabels: node.inputLabels,
  outputLabels: node.outputLabels,
  onadd: node.onadd,
  oneditprepare: node.oneditprepare,
});
