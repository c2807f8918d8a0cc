import type { EditorRED } from 'node-red';
import { checkField } from '../lib/editor/check-field.js';
import { defaults, parseConfig } from './strand-config.config.js';

declare const RED: EditorRED;

type CodeEditor = ReturnType<EditorRED['editor']['createEditor']>;

/** ms without a key pressed before the text is checked. */
const TYPING_MS = 400;

interface Problem {
  readonly line: number | null;
  readonly path: string;
  readonly message: string;
}

/** What the open form holds; Node-RED opens one form of a type at a time. */
const open: { editor: CodeEditor | null; timer: number | undefined; check: number } = {
  editor: null,
  timer: undefined,
  check: 0,
};

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
    const translate = (key: string, args: Record<string, string | number> = {}): string =>
      this._(`strand-config.check.${key}`, args);
    const checkSoon = (): void => {
      window.clearTimeout(open.timer);
      open.timer = window.setTimeout(() => checkYaml(translate), TYPING_MS);
    };
    open.editor.getSession().on('change', checkSoon);
    checkSoon();
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

/** Has the runtime check the text, and shows what it finds below; a click on a problem goes to its line. */
function checkYaml(translate: (key: string, args?: Record<string, string | number>) => string): void {
  const check = ++open.check;
  const show = (...lines: JQuery[]): void => {
    // The answer may come after a later question, or after the form was closed.
    if (check === open.check && open.editor !== null) $('#strand-config-problems').empty().append(lines);
  };
  const data = JSON.stringify({ yaml: open.editor?.getValue() ?? '' });
  void $.ajax({ url: 'strandwatch/config/check', type: 'POST', contentType: 'application/json', data })
    .done(({ problems }: { problems: readonly Problem[] }) =>
      show(
        ...(problems.length === 0
          ? [$('<div>').text(translate('fine'))]
          : problems.map((problem) => problemLine(problem, translate))),
      ),
    )
    .fail(() => show($('<div>').text(translate('failed'))));
}

function problemLine(
  { line, path, message }: Problem,
  translate: (key: string, args?: Record<string, string | number>) => string,
): JQuery {
  const where = [line === null ? '' : translate('line', { line }), path].filter(Boolean).join(' ');
  return $('<a href="#" style="display: block">')
    .text(`${where}: ${message}`)
    .on('click', (event) => {
      event.preventDefault();
      if (line !== null) open.editor?.gotoLine(line, 0, false);
      open.editor?.focus();
    });
}

function closeEditor(): void {
  window.clearTimeout(open.timer);
  open.editor?.destroy();
  open.editor = null;
}
