const POINT = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const COMMA = /^[+-]?(?:\d+,?\d*|,\d+)(?:[eE][+-]?\d+)?$/;

/** The finite number written in a CSV cell; NaN for anything else, an empty cell among it. Never guesses: `0x10`, `1e999` and `1 234` are none. */
export function numberIn(cell: string, decimal: '.' | ','): number {
  const text = cell.trim();
  if (!(decimal === ',' ? COMMA : POINT).test(text)) return NaN;
  const number = Number(decimal === ',' ? text.replace(',', '.') : text);
  return Number.isFinite(number) ? number : NaN;
}
