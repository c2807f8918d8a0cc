/** Has the runtime check the YAML while it is being typed; marks what it finds in the code editor and lists it below. */
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

interface Answer {
  readonly problems: readonly Problem[];
  readonly sensors: readonly string[];
  readonly features: readonly string[];
}

/**
 * Watches the editor until the returned function is called.
 * @param know is told the names of sensors and features whenever the text has no mistake
 */
export function checkWhileTyping(
  editor: CodeEditor,
  list: JQuery,
  translate: Translate,
  know: (names: readonly string[]) => void,
): () => void {
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
      .done(({ problems, sensors, features }: Answer) => {
        if (asked !== latest) return;
        markLines(editor, problems);
        if (problems.length === 0) know([...sensors, ...features]);
        show(
          problems.length === 0
            ? [$('<div>').text(translate('fine'))]
            : problems.map((problem) => lineFor(problem, editor, translate)),
        );
      })
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

/** What is used of Monaco, Node-RED's code editor; with the plain one there are no marks, and the list says it all. */
interface Monaco {
  readonly editor: {
    setModelMarkers(model: object, owner: string, markers: readonly object[]): void;
  };
  readonly MarkerSeverity: { readonly Error: number };
}

/** Underlines the lines with problems; their words appear when the pointer rests there. */
function markLines(editor: CodeEditor, problems: readonly Problem[]): void {
  const { monaco } = window as unknown as { monaco?: Monaco };
  const model = (editor as unknown as { getModel?: () => object | null }).getModel?.();
  if (monaco === undefined || model === null || model === undefined) return;
  const severity = monaco.MarkerSeverity.Error;
  const markers = problems.map(({ line, path, message }) => ({
    severity,
    message: path === '' ? message : `${path}: ${message}`,
    startLineNumber: line ?? 1,
    endLineNumber: line ?? 1,
    startColumn: 1,
    endColumn: 1000,
  }));
  monaco.editor.setModelMarkers(model, 'strandwatch', markers);
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
