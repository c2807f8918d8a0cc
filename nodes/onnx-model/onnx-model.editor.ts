import type { EditorRED } from 'node-red';
import { defaults } from './onnx-model.config.js';

declare const RED: EditorRED;

RED.nodes.registerType('onnx-model', {
  category: 'config',
  color: '#b9c7b0',
  defaults: {
    name: { value: defaults.name },
    kind: { value: defaults.kind, required: true },
    card: { value: defaults.card },
    backend: { value: defaults.backend, required: true },
    version: { value: defaults.version },
  },
  icon: 'onnx-model.svg',
  label() {
    return this.name || `${this.kind} model`;
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
});
