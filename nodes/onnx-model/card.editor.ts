/** Shows the card of the model in service below the form, read only. */

type Translate = (key: string, args?: Record<string, string | number>) => string;

/** As `card-http.ts` sends it. */
interface Card {
  readonly name: string;
  readonly version: string;
  readonly kind: string;
  readonly description: string | null;
  readonly inputs: number;
  readonly mechanisms: readonly string[];
  readonly threshold: { readonly value: number; readonly budgetPer8h: number } | null;
  readonly thresholds: readonly {
    readonly threshold: number;
    readonly recall: number;
    readonly falseAlarmsPer8h: number;
  }[];
  readonly training: Readonly<Record<string, unknown>>;
  readonly metrics: Readonly<Record<string, unknown>>;
}

/** Empty while the node isn't deployed. */
interface Answer {
  readonly card?: Card | null;
  readonly backend?: string | null;
  readonly problem?: string | null;
}

export function showCard(id: string, place: JQuery, translate: Translate): void {
  const say = (text: string): void => void place.empty().append($('<div>').text(text));
  void $.getJSON(`strandwatch/model/${encodeURIComponent(id)}/card`)
    .done(({ card, backend, problem }: Answer) => {
      if (card === undefined) say(translate('none'));
      else if (card !== null) place.empty().append(tables(card, backend ?? '', translate));
      else say(problem ?? translate('loading'));
    })
    .fail(() => say(translate('none')));
}

function tables(card: Card, backend: string, translate: Translate): JQuery[] {
  const { threshold, thresholds } = card;
  const facts: [string, string][] = [
    [translate('model'), `${card.name} ${card.version} (${backend})`],
    [translate('kind'), card.kind],
    [translate('inputs'), String(card.inputs)],
    [translate('about'), card.description ?? ''],
    [translate('mechanisms'), card.mechanisms.join(', ')],
    [
      translate('threshold'),
      threshold === null
        ? ''
        : translate('budget', { value: threshold.value, alarms: threshold.budgetPer8h }),
    ],
    ...leaves(card.training, translate('trained')),
  ];
  const parts = [table(facts.filter(([, value]) => value !== ''))];
  if (thresholds.length > 0) {
    const head: [string, ...string[]] = [
      translate('threshold'),
      translate('recall'),
      translate('falseAlarms'),
    ];
    const rows = thresholds.map((row) => [row.threshold, row.recall, row.falseAlarmsPer8h].map(String));
    parts.push(table(rows, head));
  }
  const metrics = leaves(card.metrics, '');
  if (metrics.length > 0)
    parts.push($('<details>').append($('<summary>').text(translate('metrics')), table(metrics)));
  return parts;
}

/** Nested records as one line per value, with the way to it as its name. */
function leaves(value: unknown, name: string): [string, string][] {
  if (typeof value !== 'object' || value === null) return [[name, String(value)]];
  if (Array.isArray(value)) return [[name, value.join(', ')]];
  return Object.entries(value).flatMap(([key, inner]) =>
    leaves(inner, [name, key.replaceAll('_', ' ')].filter(Boolean).join(': ')),
  );
}

function table(rows: readonly (readonly string[])[], head?: readonly string[]): JQuery {
  const line = (cells: readonly string[], tag: 'td' | 'th'): JQuery =>
    $('<tr>').append(
      cells.map((text, column) =>
        $(`<${tag} style="text-align: left; padding: 2px 12px 2px 0; vertical-align: top">`)
          .css('width', column === 0 ? '32%' : '')
          .text(text),
      ),
    );
  return $(
    '<table style="width: 100%; margin-bottom: 8px; overflow-wrap: anywhere; table-layout: fixed">',
  ).append(
    head === undefined ? [] : [line(head, 'th')],
    rows.map((row) => line(row, 'td')),
  );
}
