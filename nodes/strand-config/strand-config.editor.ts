import type { EditorRED } from 'node-red';
import { checkField } from '../lib/editor/check-field.js';
import { insertNames } from './insert-names.editor.js';
import { listLiveChanges } from './live-changes.editor.js';
import { defaults, parseConfig } from './strand-config.config.js';
import { checkWhileTyping, type Translate } from './yaml-check.editor.js';

declare const RED: EditorRED;

type CodeEditor = ReturnType<typeof RED.editor.createEditor>;

/** The open form's code editor; Node-RED opens one form of a type at a time. */
const open: { editor: CodeEditor | null; stopChecking: () => void } = {
  editor: null,
  stopChecking: () => undefined,
};

RED.nodes.registerType('strand-config', {
  category: 'config',
  defaults: {
    name: { value: defaults.name },
    source: { value: defaults.source, validate: checkField('strand-config', 'source', parseConfig) },
    file: { value: defaults.file },
    yaml: { value: defaults.yaml },
    version: { value: defaults.version },
  },
  label() {
    return this.name || this.file || 'strand-config';
  },
  oneditprepare() {
    const translate =
      (group: string): Translate =>
      (key, args = {}) =>
        this._(`strand-config.${group}.${key}`, args);
    const id = 'node-config-input-yaml-editor';
    open.editor = RED.editor.createEditor({ id, mode: 'ace/mode/yaml', value: this.yaml });
    const names = insertNames(open.editor, $('#strand-config-insert'), translate('check'));
    const stop = checkWhileTyping(open.editor, $('#strand-config-problems'), translate('check'), (all) =>
      names.know(all),
    );
    open.stopChecking = () => {
      stop();
      names.forget();
    };
    listLiveChanges(this.id, $('#strand-config-live'), translate('live'));

    const showSource = (): void => {
      const inline = $('#node-config-input-source').val() === 'inline';
      $('.strand-config-file').toggle(!inline);
      $('.strand-config-yaml').toggle(inline);
      if (inline && open.editor?.getValue() === '') startFromShipped(open.editor);
    };
    $('#node-config-input-source').on('change', showSource);
    showSource();
  },
  oneditsave() {
    $('#node-config-input-yaml').val(open.editor?.getValue() ?? '');
    closeEditor();
  },
  oneditcancel: closeEditor,
  oneditdelete: closeEditor,
});

/** Nobody begins with an empty page: the text starts as the shipped configuration. */
function startFromShipped(editor: CodeEditor): void {
  void $.getJSON('strandwatch/config/shipped').done(({ yaml }: { yaml: string }) => {
    if (open.editor === editor && editor.getValue() === '') editor.setValue(yaml, -1);
  });
}

function closeEditor(): void {
  open.stopChecking();
  open.stopChecking = () => undefined;
  open.editor?.destroy();
  open.editor = null;
}
