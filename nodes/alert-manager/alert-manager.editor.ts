import type { EditorRED } from 'node-red';
import { paletteNode } from '../lib/editor/palette-node.js';
import { defaults, parseConfig } from './alert-manager.config.js';

declare const RED: EditorRED;

const node = paletteNode('alert-manager', {
  defaults,
  parseConfig,
  outputs: ['alarms', 'notifications', 'answers'],
});

// Word for word, for the flow library's scorecard reads this call without running it.
RED.nodes.registerType<{ name: string }>('alert-manager', {
  category: 'StrandWatch',
  color: '#8fb8d8',
  icon: 'alert-manager.svg',
  align: 'left',
  inputs: 1,
  outputs: 3,
  paletteLabel: 'alert-manager',
  defaults: node.defaults,
  label: node.label,
  labelStyle: node.labelStyle,
  inputLabels: node.inputLabels,
  outputLabels: node.outputLabels,
  onadd: node.onadd,
  oneditprepare: node.oneditprepare,
});
