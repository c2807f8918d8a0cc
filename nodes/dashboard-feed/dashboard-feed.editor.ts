import type { EditorRED } from 'node-red';
import { isStrandConfig, pickOnly } from '../lib/editor/pick-config-node.js';
import { defaults } from './dashboard-feed.config.js';

declare const RED: EditorRED;

RED.nodes.registerType('dashboard-feed', {
  category: 'StrandWatch',
  color: '#8fb8d8',
  defaults: {
    name: { value: defaults.name },
    strandConfig: { value: defaults.strandConfig, type: 'strand-config' },
    version: { value: defaults.version },
  },
  inputs: 1,
  outputs: 2,
  icon: 'dashboard-feed.svg',
  paletteLabel: 'dashboard-feed',
  label() {
    return this.name || 'dashboard-feed';
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  inputLabels() {
    return this._('dashboard-feed.port.input');
  },
  outputLabels(index) {
    return this._(index === 0 ? 'dashboard-feed.port.through' : 'dashboard-feed.port.frames');
  },
  onadd() {
    pickOnly(this, 'strandConfig', isStrandConfig);
  },
});
