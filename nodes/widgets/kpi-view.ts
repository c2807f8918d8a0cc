import type { AlarmKpis, PositionKpis } from '../lib/alarm-kpis.js';
import { el } from './dom.js';
import { age, percent, wallClock } from './format.js';

const VERDICTS: Readonly<Record<PositionKpis['rate']['verdict'], string>> = {
  acceptable: '● acceptable',
  manageable: '▲ manageable',
  overloaded: '◆ overloaded',
};

const within = (isWithin: boolean): string => (isWithin ? '● within its limit' : '◆ above its limit');

/** How well the alarm system serves its operators: a table per position. */
export function showKpis(place: HTMLElement, result: unknown): void {
  const { positions, observedS, since } = result as AlarmKpis;
  place.replaceChildren(
    el('p', {
      class: 'small muted',
      text: `Over the last ${age(1000 * observedS)}, since ${wallClock(since)}`,
    }),
    ...positions.flatMap(positionTables),
  );
}

function positionTables(position: PositionKpis): HTMLElement[] {
  const { rate, flood, standing, topTen, priorities, chattering, fleeting, meanAcknowledgeS } = position;
  const figures: readonly (readonly [string, string, string])[] = [
    ['alarms in the last 10 min', String(rate.last10Min), VERDICTS[rate.verdict]],
    ['mean per 10 min', rate.averagePer10Min?.toFixed(1) ?? '–', ''],
    ['most in 10 min', String(rate.peakPer10Min), ''],
    ['time in flood', percent(flood.share), flood.isNow ? '◆ in a flood now' : within(flood.isWithin)],
    ['active now', String(standing.active), ''],
    ['to acknowledge', String(standing.unacknowledged), ''],
    ['stale', String(standing.staleCount), within(standing.isWithin)],
    ['top ten raise', percent(topTen.share), within(topTen.isWithin)],
    ['chattering now', String(chattering.length), ''],
    ['fleeting sources', String(fleeting.length), ''],
    ['mean time to acknowledge', meanAcknowledgeS === null ? '–' : age(1000 * meanAcknowledgeS), ''],
  ];
  return [
    el('h2', { text: `Position ${position.position}` }),
    table(['figure', 'value', 'verdict'], figures),
    table(
      ['most frequent', 'alarms', 'share'],
      topTen.actors.map(({ strand, rule, alarms, share }) => [
        `strand ${strand} · ${rule}`,
        String(alarms),
        percent(share),
      ]),
    ),
    table(
      ['priority', 'share', 'target'],
      priorities.map(({ priority, share, target }) => [priority, percent(share), percent(target)]),
    ),
  ];
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): HTMLTableElement {
  const cells = (tag: 'th' | 'td', texts: readonly string[]) => texts.map((text) => el(tag, { text }));
  return el(
    'table',
    {},
    el('thead', {}, el('tr', {}, ...cells('th', head))),
    el('tbody', {}, ...rows.map((row) => el('tr', {}, ...cells('td', row)))),
  );
}
