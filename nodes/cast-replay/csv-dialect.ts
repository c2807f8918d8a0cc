import type { CsvConfig } from '../lib/config/streaming.js';

/** How one particular file is written. */
export interface CsvDialect {
  readonly delimiter: string;
  readonly decimal: '.' | ',';
  /** Old Macintosh files end their lines with CR alone. */
  readonly lineEnd: '\n' | '\r';
}

const DELIMITERS = [';', '\t', '|', ','] as const;
const COMMA_NUMBER = /^[+-]?\d+,\d+(?:[eE][+-]?\d+)?$/;
const POINT_NUMBER = /^[+-]?\d*\.\d+(?:[eE][+-]?\d+)?$/;

/** Recognises from the beginning of a file what the settings leave open. */
export function dialectOf(head: string, settings: Pick<CsvConfig, 'delimiter' | 'decimal'>): CsvDialect {
  const lineEnd = !head.includes('\n') && head.includes('\r') ? '\r' : '\n';
  // The last line of the head may be cut in the middle of a number.
  const lines = head.split(lineEnd, 200);
  if (lines.length > 1) lines.pop();
  const delimiter = settings.delimiter ?? delimiterOf(lines[0] ?? '');
  return { delimiter, decimal: settings.decimal ?? decimalOf(lines.slice(1), delimiter), lineEnd };
}

/** The candidate that splits the header into most columns; in a tie, the one less likely to be part of a name. */
function delimiterOf(header: string): string {
  const outsideQuotes = header.replace(/"[^"]*"/g, '');
  let found: string = ',';
  let most = 0;
  for (const candidate of DELIMITERS) {
    const count = outsideQuotes.split(candidate).length - 1;
    if (count > most) [found, most] = [candidate, count];
  }
  return found;
}

/** A comma only when some cells are numbers with a comma and none is one with a point. */
function decimalOf(lines: readonly string[], delimiter: string): '.' | ',' {
  let commas = 0;
  for (const line of lines) {
    for (const cell of cellsOf(line, delimiter)) {
      if (POINT_NUMBER.test(cell)) return '.';
      if (COMMA_NUMBER.test(cell)) commas++;
    }
  }
  return commas > 0 ? ',' : '.';
}

/** A plain split, quotes taken off; quoted delimiters are put back first. Good enough to recognise a dialect. */
function cellsOf(line: string, delimiter: string): string[] {
  return line
    .replace(/"([^"]*)"/g, (_, inside: string) => inside.replaceAll(delimiter, '\u0000'))
    .split(delimiter)
    .map((cell) => cell.replaceAll('\u0000', delimiter).trim());
}
