import type { EditorRED } from 'node-red';
import { paletteNode } from '../lib/editor/palette-node.js';
import { castsOfFolder } from './casts-of-folder.editor.js';
import { defaults, parseConfig } from './cast-replay.config.js';

declare const RED: EditorRED;

const timeZones = Intl.supportedValuesOf('timeZone').map((zone) => ({ value: zone, label: zone }));

const node = paletteNode('cast-replay', {
  defaults,
  parseConfig,
  outputs: ['readings', 'state'],
  offers: { casts: castsOfFolder, timeZone: (tell) => tell(timeZones) },
  label: ({ casts }) => String(casts),
});

// Word for word, for the flow library's scorecard reads this call without running it.
RED.nodes.registerType<{ name: string }>('cast-replay', {
  category: 'StrandWatch',
  color: '#8fb8d8',
  icon: 'cast-replay.svg',
  align: 'left',
  inputs: 1,
  outputs: 2,
  paletteLabel: 'cast-replay',
  defaults: node.defaults,
  label: node.label,
  labelStyle: node.labelStyle,
  inputLabels: node.inputLabels,
  outputLabels: node.outputLabels,
  onadd: node.onadd,
  oneditprepare: node.oneditprepare,
});
