import type { EditorRED } from 'node-red';
import { showCard } from './card.editor.js';
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
  oneditprepare() {
    if (isNew(this.id)) $('#node-config-input-kind').val(kindWanted());
    showCard(this.id, $('#onnx-model-card'), (key, args = {}) => this._(`onnx-model.cardView.${key}`, args));
  },
});

/** Not in the flow yet: the form was opened to add it. */
const isNew = (id: string): boolean => !RED.nodes.node(id);

/** The kind that the node asks for from whose form this one was opened. */
function kindWanted(): string {
  const stack = (
    RED.editor as unknown as { getEditStack(): readonly { readonly type: string }[] }
  ).getEditStack();
  return stack.some(({ type }) => type === 'sequence-infer') ? 'sequence' : 'baseline';
}
