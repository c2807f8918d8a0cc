/**
 * Lets people choose the names of sensors and features instead of typing them: from a field below the code editor, and,
 * where it is Monaco, from what it proposes while they type.
 */
import type { EditorRED } from 'node-red';
import type { Translate } from './yaml-check.editor.js';

type CodeEditor = ReturnType<EditorRED['editor']['createEditor']>;

/** What is used of Monaco for proposals. */
interface Monaco {
  readonly languages: {
    registerCompletionItemProvider(language: string, provider: object): { dispose(): void };
    readonly CompletionItemKind: { readonly Variable: number };
  };
}
interface TextModel {
  getLineContent(line: number): string;
}
interface Position {
  readonly lineNumber: number;
  readonly column: number;
}

export interface Names {
  /** Of the text as it was when it last had no mistake; while one types it often has some. */
  know(names: readonly string[]): void;
  forget(): void;
}

export function insertNames(editor: CodeEditor, place: JQuery, translate: Translate): Names {
  let known: readonly string[] = [];
  const id = 'strand-config-names';
  const list = $('<datalist>').attr('id', id);
  const field = $('<input type="text" style="width: 60%">').attr({ list: id, id: `${id}-insert` });
  const label = $('<label style="width: auto; margin-right: 8px">')
    .attr('for', `${id}-insert`)
    .text(translate('insert'));
  const row = $('<div>').append(label, field, list).hide();
  place.empty().append(row);

  const insert = (): void => {
    const name = String(field.val());
    if (!known.includes(name)) return;
    const typing = editor as unknown as { trigger?: (source: string, action: string, args: object) => void };
    typing.trigger?.('strandwatch', 'type', { text: name });
    field.val('');
    editor.focus();
  };
  // A click on a proposal replaces the text; what is typed letter by letter may be the beginning of a longer name.
  field.on('input', ({ originalEvent }) => {
    if ((originalEvent as InputEvent | undefined)?.inputType === 'insertReplacementText') insert();
  });
  field.on('keydown', (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    insert();
  });

  const proposals = proposeWhileTyping(editor, () => known);
  return {
    know(names) {
      known = names;
      list.empty().append(names.map((name) => $('<option>').val(name)));
      row.show();
    },
    forget: () => proposals?.dispose(),
  };
}

function proposeWhileTyping(
  editor: CodeEditor,
  known: () => readonly string[],
): { dispose(): void } | undefined {
  const { monaco } = window as unknown as { monaco?: Monaco };
  const own = (editor as unknown as { getModel?: () => object | null }).getModel?.();
  return monaco?.languages.registerCompletionItemProvider('yaml', {
    provideCompletionItems(model: TextModel, { lineNumber, column }: Position) {
      if (model !== own) return { suggestions: [] };
      // Names have dots in them, at which Monaco's words would end.
      const begun = /[\w.]*$/.exec(model.getLineContent(lineNumber).slice(0, column - 1))![0];
      const range = {
        startLineNumber: lineNumber,
        endLineNumber: lineNumber,
        startColumn: column - begun.length,
        endColumn: column,
      };
      const kind = monaco.languages.CompletionItemKind.Variable;
      return { suggestions: known().map((name) => ({ label: name, insertText: name, kind, range })) };
    },
  });
}
