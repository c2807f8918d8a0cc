/** One comparison: what ours takes or does, against something measured in the same run. */
export interface Row {
  readonly name: string;
  readonly ours: number;
  readonly reference: number;
  /** ours / reference. */
  readonly ratio: number;
  /** Of `ours` and `reference`; a rate (`readings/s`) is better the higher, a cost (`µs/reading`) the lower. */
  readonly unit: string;
}

/** A row with what it is compared with, and the limit that docs/performance.md holds it to, both for people. */
export interface Finding extends Row {
  readonly against: string;
  readonly target: string;
}

export interface Wishes {
  /** A longer watch, for memory; undefined: as short as is useful. */
  readonly minutes?: number;
}

/** One benchmark: it measures, and gives a row for each comparison. */
export interface Benchmark {
  readonly name: string;
  readonly about: string;
  /** @param say tells progress, one line at a time */
  readonly run: (say: (line: string) => void, wishes: Wishes) => Promise<Finding[]>;
}

export function finding(
  { name, ours, reference, unit }: Omit<Row, 'ratio'>,
  against: string,
  target = '',
): Finding {
  return { name, ours, reference, ratio: ours / reference, unit, against, target };
}

/** Only what a program reads: figures rounded to what a repetition would confirm. */
export function jsonRow({ name, ours, reference, ratio, unit }: Finding): Row {
  return { name, ours: rounded(ours), reference: rounded(reference), ratio: rounded(ratio), unit };
}

/** The rows as a Markdown table. */
export function table(findings: readonly Finding[]): string {
  const head = ['what', 'ours', 'reference', 'unit', 'ours / reference', 'reference is', 'target'];
  const rows = findings.map((row) => [
    row.name,
    shown(row.ours),
    shown(row.reference),
    row.unit,
    shown(row.ratio),
    row.against,
    row.target,
  ]);
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

const rounded = (value: number): number => Number(value.toPrecision(4));

const shown = (value: number): string =>
  value >= 1000 ? Math.round(value).toLocaleString('en-US') : String(Number(value.toPrecision(3)));
