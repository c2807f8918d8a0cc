/** What a page holds of a session, as files. Pure but for the download itself. */
import type { PageState } from './store.js';

/** One line per sample of the sensors, with the risk at that instant or the last one before it. */
export function sessionCsv({ trends, risk, strand }: Pick<PageState, 'trends' | 'risk' | 'strand'>): string {
  const head = ['time', 'strand', 'elapsed_s', 'position_m', ...(trends?.sensors ?? [])];
  const lines = ['ensemble', 'baseline', 'sequence', 'rules'] as const;
  let at = -1;
  const rows = (trends?.times ?? []).map((time, row) => {
    while (risk !== null && at + 1 < risk.times.length && risk.times[at + 1]! <= time) at++;
    const risks = lines.map((name) => (at < 0 ? null : (risk?.[name][at] ?? null)));
    const sensors = trends!.values.map((values) => values[row] ?? null);
    const facts = [new Date(time).toISOString(), strand, trends!.elapsed[row], trends!.positions[row]];
    return [...facts, ...sensors, ...risks].map(cell).join(',');
  });
  return `${[...head, ...lines.map((name) => `risk_${name}`)].map(cell).join(',')}\n${rows.join('\n')}\n`;
}

/** RFC 4180; a text that a spreadsheet would take for a formula is kept from being one. */
function cell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = value.replace(/^([=+\-@\t\r])/, "'$1");
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function sessionJson({
  wall,
  strand,
  strands,
  risk,
  trends,
  alarms,
  settings,
  replay,
}: PageState): string {
  const exported = new Date(wall).toISOString();
  return `${JSON.stringify({ exported, strand, strands, risk, trends, alarms, settings, replay }, null, 1)}\n`;
}
