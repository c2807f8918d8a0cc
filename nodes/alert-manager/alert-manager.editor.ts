import type { EditorRED } from 'node-red';
import { checkField } from '../lib/editor/check-field.js';
import { sayProblems } from '../lib/editor/field-words.js';
import { showInherited } from '../lib/editor/inherited-values.js';
import { isStrandConfig, pickOnly } from '../lib/editor/pick-config-node.js';
import { defaults, parseConfig } from './alert-manager.config.js';

declare const RED: EditorRED;

const PORTS = ['alarms', 'notifications', 'answers'] as const;

/** Fields that may be left blank, and the setting that counts then. */
const INHERITED = {
  source: 'alerts.source',
  warning: 'alerts.thresholds.warning',
  critical: 'alerts.thresholds.critical',
  deadband: 'alerts.deadband',
  onDelay: 'alerts.on_delay',
  offDelay: 'alerts.off_delay',
  escalateAfter: 'alerts.escalation.warning_to_critical',
  channels: 'alerts.notification.channels',
};

RED.nodes.registerType('alert-manager', {
  category: 'StrandWatch',
  color: '#8fb8d8',
  defaults: {
    name: { value: defaults.name },
    strandConfig: { value: defaults.strandConfig, type: 'strand-config', required: true },
    source: { value: defaults.source },
    warning: { value: defaults.warning, validate: checkField('warning', parseConfig) },
    critical: { value: defaults.critical, validate: checkField('critical', parseConfig) },
    deadband: { value: defaults.deadband, validate: checkField('deadband', parseConfig) },
    onDelay: { value: defaults.onDelay, validate: checkField('onDelay', parseConfig) },
    offDelay: { value: defaults.offDelay, validate: checkField('offDelay', parseConfig) },
    escalateAfter: { value: defaults.escalateAfter, validate: checkField('escalateAfter', parseConfig) },
    channels: { value: defaults.channels, validate: checkField('channels', parseConfig) },
    version: { value: defaults.version },
  },
  inputs: 1,
  outputs: PORTS.length,
  icon: 'alert-manager.svg',
  align: 'left',
  paletteLabel: 'alert-manager',
  label() {
    return this.name || 'alert-manager';
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  inputLabels() {
    return this._('alert-manager.port.input');
  },
  outputLabels(index) {
    return this._(`alert-manager.port.${PORTS[index] ?? 'answers'}`);
  },
  onadd() {
    pickOnly(this, 'strandConfig', isStrandConfig);
  },
  oneditprepare() {
    sayProblems('alert-manager');
    showInherited(INHERITED, {
      inherit: this._('alert-manager.placeholder.inherit'),
      live: (change) => this._('alert-manager.live', change),
    });
  },
});
