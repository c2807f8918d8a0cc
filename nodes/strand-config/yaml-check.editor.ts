/** Has the runtime check the YAML while it is being typed, and lists what it finds below the code editor. */
import type { EditorRED } from 'node-red';

type CodeEditor = ReturnType<EditorRED['editor']['createEditor']>;
export type Translate = (key: string, args?: Record<string, string | number>) => string;

interface Problem {
  readonly line: number | null;
  readonly path: string;
  readonly message: string;
}

/** ms without a key pressed before the text is checked. */
const TYPING_MS = 400;

/** Watches the editor until the returned function is called. */
export function checkWhileTyping(editor: CodeEditor, list: JQuery, translate: Translate): () => void {
  let timer: number | undefined;
  let latest = 0;
  const check = (): void => {
    const asked = ++latest;
    const show = (lines: JQuery[]): void => {
      // The answer may come after a later question, or after the form was closed.
      if (asked === latest) list.empty().append(lines);
    };
    const data = JSON.stringify({ yaml: editor.getValue() });
    void $.ajax({ url: 'strandwatch/config/check', type: 'POST', contentType: 'application/json', data })
      .done(({ problems }: { problems: readonly Problem[] }) =>
        show(
          problems.length === 0
            ? [$('<div>').text(translate('fine'))]
            : problems.map((problem) => lineFor(problem, editor, translate)),
        ),
      )
      .fail(() => show([$('<div>').text(translate('failed'))]));
  };
  const checkSoon = (): void => {
    window.clearTimeout(timer);
    timer = window.setTimeout(check, TYPING_MS);
  };
  editor.getSession().on('change', checkSoon);
  checkSoon();
  return () => {
    window.clearTimeout(timer);
    latest++;
  };
}

/** A problem as a link that leads to its line. */
function lineFor({ line, path, message }: Problem, editor: CodeEditor, translate: Translate): JQuery {
  const where = [line === null ? '' : translate('line', { line }), path].filter(Boolean).join(' ');
  return $('<a href="#" style="display: block">')
    .text(where === '' ? message : `${where}: ${message}`)
    .on('click', (event) => {
      event.preventDefault();
      if (line !== null) editor.gotoLine(line, 0, false);
      editor.focus();
    });
}
