import type { EditorRED } from 'node-red';
import { paletteNode } from '../lib/editor/palette-node.js';
import { defaults, parseConfig } from './feature-extract.config.js';

declare const RED: EditorRED;

const node = paletteNode('feature-extract', { defaults, parseConfig, outputs: ['features', 'sequence'] });

// Word for word, for the flow library's scorecard reads this call without running it.
RED.nodes.registerType<{ name: string }>('feature-extract', {
  category: 'StrandWatch',
  color: '#8fb8d8',
  icon: 'feature-extract.svg',
  align: 'left',
  inputs: 1,
  outputs: 2,
  paletteLabel: 'feature-extract',
  defaults: node.defaults,
  label: node.label,
  labelStyle: node.labelStyle,
  inputLabels: node.inputLabels,
  outputLabels: node.outputLabels,
  onadd: node.onadd,
  oneditprepare: node.oneditprepare,
});
