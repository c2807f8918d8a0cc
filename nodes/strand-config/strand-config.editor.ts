import type { EditorRED } from 'node-red';
import { checkField } from '../lib/editor/check-field.js';
import { defaults, parseConfig } from './strand-config.config.js';

declare const RED: EditorRED;

type CodeEditor = ReturnType<EditorRED['editor']['createEditor']>;

/** The code editor of the open form; Node-RED opens one form of a type at a time. */
const open: { editor: CodeEditor | null } = { editor: null };

RED.nodes.registerType('strand-config', {
  category: 'config',
  defaults: {
    name: { value: defaults.name },
    source: { value: defaults.source, validate: checkField('source', parseConfig) },
    file: { value: defaults.file },
    yaml: { value: defaults.yaml },
    version: { value: defaults.version },
  },
  label() {
    return this.name || this.file || 'strand-config';
  },
  oneditprepare() {
    open.editor = RED.editor.createEditor({
      id: 'node-config-input-yaml-editor',
      mode: 'ace/mode/yaml',
      value: this.yaml,
    });
    const showSource = (): void => {
      const inline = $('#node-config-input-source').val() === 'inline';
      $('.strand-config-file').toggle(!inline);
      $('.strand-config-yaml').toggle(inline);
    };
    $('#node-config-input-source').on('change', showSource);
    showSource();
  },
  oneditsave() {
    $('#node-config-input-yaml').val(open.editor?.getValue() ?? '');
    closeEditor();
  },
  oneditcancel: closeEditor,
});

function closeEditor(): void {
  open.editor?.destroy();
  open.editor = null;
}
