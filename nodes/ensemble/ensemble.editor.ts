import type { EditorRED } from 'node-red';
import { paletteNode } from '../lib/editor/palette-node.js';
import { defaults, parseConfig } from './ensemble.config.js';

declare const RED: EditorRED;

const node = paletteNode('ensemble', { defaults, parseConfig, outputs: ['risk', 'answers'] });

// Word for word, for the flow library's scorecard reads this call without running it.
RED.nodes.registerType<{ name: string }>('ensemble', {
  category: 'StrandWatch',
  color: '#8fb8d8',
  icon: 'ensemble.svg',
  align: 'left',
  inputs: 1,
  outputs: 2,
  paletteLabel: 'ensemble',
  defaults: node.defaults,
  label: node.label,
  labelStyle: node.labelStyle,
  inputLabels: node.inputLabels,
  outputLabels: node.outputLabels,
  onadd: node.onadd,
  oneditprepare: node.oneditprepare,
});
