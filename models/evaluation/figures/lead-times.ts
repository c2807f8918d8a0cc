import type { Evaluation } from '../evaluation.js';
import type { Source } from '../sources.js';
import { evenTicks, SvgChart } from './svg-chart.js';

/** Edges of the bars, s before completion: finer where minutes decide. */
const EDGES = [-Infinity, -30, 0, 5, 15, 30, 60, 120, 240, Infinity] as const;

/** How long before completion the first alarm came, at the threshold of Recall@1. */
export function leadFigure({ judges, casts }: Evaluation, source: Source = 'ensemble'): string {
  const leads = (judges[source]?.atRecall1() ?? [])
    .flatMap(({ outcome }) => [...outcome.leads])
    .filter((lead) => !Number.isNaN(lead));
  const counts = EDGES.slice(1).map(
    (edge, i) => leads.filter((lead) => lead >= EDGES[i]! && lead < edge).length,
  );
  const shares = counts.map((count) => (leads.length === 0 ? 0 : (100 * count) / leads.length));
  const top = Math.max(10, Math.ceil(Math.max(...shares) / 10) * 10);
  const chart = new SvgChart({
    title: `Lead of the ${source}'s first alarm on ${casts} simulated casts`,
    description: `Share of the ${leads.length} detected events by the time from the first alarm to completion of the defect. Negative: the alarm came after completion.`,
    x: {
      label: 's from first alarm to completion of the defect',
      ...{ from: 0, to: counts.length },
      ticks: counts.map((_, i) => ({ at: i + 0.5, text: nameOf(EDGES[i]!, EDGES[i + 1]!) })),
    },
    y: { label: '% of detected events', from: 0, to: top, ticks: evenTicks(0, top, top > 40 ? 20 : 10, 0) },
  });
  counts.forEach((count, i) =>
    chart.bar(EDGES[i]! < 0 ? 'late' : source, i + 0.08, i + 0.92, shares[i]!, `${count} events`),
  );
  return chart
    .legend('top-left', [
      { style: source, name: 'before completion' },
      { style: 'late', name: 'after completion' },
    ])
    .toString();
}

function nameOf(from: number, to: number): string {
  if (from === -Infinity) return `< ${to}`;
  return to === Infinity ? `≥ ${from}` : `${from}…${to}`;
}
