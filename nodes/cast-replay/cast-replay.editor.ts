import type { EditorRED } from 'node-red';
import { checkField } from '../lib/editor/check-field.js';
import { sayProblems } from '../lib/editor/field-words.js';
import { showInherited } from '../lib/editor/inherited-values.js';
import { isStrandConfig, pickOnly } from '../lib/editor/pick-config-node.js';
import { defaults, parseConfig } from './cast-replay.config.js';

declare const RED: EditorRED;

/** Fields that may be left blank, and the setting that counts then. */
const INHERITED = {
  speed: 'streaming.realtime_factor',
  delimiter: 'streaming.csv.delimiter',
  decimal: 'streaming.csv.decimal',
  timeColumn: 'streaming.csv.time_column',
  timeFormat: 'streaming.csv.time_format',
  timeZone: 'streaming.csv.time_zone',
};

RED.nodes.registerType('cast-replay', {
  category: 'StrandWatch',
  color: '#8fb8d8',
  defaults: {
    name: { value: defaults.name },
    strandConfig: { value: defaults.strandConfig, type: 'strand-config', required: true },
    folder: { value: defaults.folder },
    casts: { value: defaults.casts, validate: checkField('casts', parseConfig) },
    strands: { value: defaults.strands, validate: checkField('strands', parseConfig) },
    speed: { value: defaults.speed, validate: checkField('speed', parseConfig) },
    loop: { value: defaults.loop },
    autostart: { value: defaults.autostart },
    startOffset: { value: defaults.startOffset, validate: checkField('startOffset', parseConfig) },
    batch: { value: defaults.batch, validate: checkField('batch', parseConfig) },
    delimiter: { value: defaults.delimiter },
    decimal: { value: defaults.decimal },
    timeColumn: { value: defaults.timeColumn },
    timeFormat: { value: defaults.timeFormat },
    timeZone: { value: defaults.timeZone },
    version: { value: defaults.version },
  },
  inputs: 1,
  outputs: 2,
  icon: 'cast-replay.svg',
  align: 'left',
  paletteLabel: 'cast-replay',
  label() {
    return this.name || this.casts || 'cast-replay';
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  inputLabels() {
    return this._('cast-replay.port.input');
  },
  outputLabels(index) {
    return this._(index === 0 ? 'cast-replay.port.readings' : 'cast-replay.port.state');
  },
  onadd() {
    pickOnly(this, 'strandConfig', isStrandConfig);
  },
  oneditprepare() {
    sayProblems('cast-replay');
    showInherited(INHERITED, {
      inherit: this._('cast-replay.placeholder.inherit'),
      live: (change) => this._('cast-replay.live', change),
    });
  },
});
