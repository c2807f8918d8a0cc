import type { AlarmRecord } from '../lib/alarm.js';
import { alarmRow, ALARM_ROW_STYLE, type Command } from './alarm-row.js';
import { counts, listed, type AlarmChoice, type AlarmOrder, type AlarmTab } from './alarm-view.js';
import { button, el, KeyedRows, select, setHidden, setText } from './dom.js';
import { showKpis } from './kpi-view.js';
import { link } from './link.js';
import { store, type PageState } from './store.js';
import { SwElement } from './sw-element.js';

const STYLE = `${ALARM_ROW_STYLE}
.list { display: grid; gap: 6px; align-content: start; } .tabs { display: flex; flex-wrap: wrap; gap: 4px; } .tabs button { padding: 3px 9px; }
.filters { display: flex; flex-wrap: wrap; gap: 4px; } .filters input { flex: 1; min-width: 7em; }
`;

type Tab = AlarmTab | 'kpis';

const TABS: readonly (readonly [Tab, string])[] = [
  ['active', 'Active'],
  ['shelved', 'Put aside'],
  ['over', 'History'],
  ['kpis', 'Figures'],
];
const EMPTY: Readonly<Record<AlarmTab, string>> = {
  active: 'No alarm.',
  shelved: 'Nothing is shelved, suppressed or out of service.',
  over: 'No alarm is over yet.',
};
const HISTORY = 500;

/** The alarms of all strands, or of the chosen one: acknowledge, confirm, shelve, history, figures. */
export class SwAlarmPanel extends SwElement {
  private choice: AlarmChoice = { tab: 'active', order: 'priority', strand: null, words: '' };
  private tab: Tab = 'active';
  private history: readonly AlarmRecord[] | null = null;
  private seenOver = 0;
  private readonly total = el('span', { class: 'small', attributes: { role: 'status' } });
  private readonly tabs = new Map<Tab, HTMLButtonElement>();
  private readonly list = el('div', { class: 'list' });
  private readonly empty = el('div', { class: 'empty' });
  private readonly figures = el('div');
  private readonly rows = new KeyedRows<AlarmRecord>(
    this.list,
    ({ id }) => id,
    (alarm) => alarmRow(alarm, this.command(alarm)),
  );
  private readonly words = el('input', {
    attributes: { type: 'search', placeholder: 'filter', 'aria-label': 'Filter alarms by words' },
  });
  private readonly all = button('Acknowledge all', () => void this.acknowledgeAll());

  constructor() {
    super(STYLE);
  }

  protected build(): void {
    const tabs = el('div', { class: 'tabs', attributes: { role: 'group', 'aria-label': 'Alarms shown' } });
    for (const [tab, text] of TABS) {
      const one = button(text, () => this.choose(tab));
      this.tabs.set(tab, one);
      tabs.append(one);
    }
    const order = select(
      'Order of the alarms',
      [
        ['priority', 'by priority'],
        ['newest', 'newest first'],
        ['oldest', 'oldest first'],
        ['strand', 'by strand'],
      ],
      (value) => this.narrow({ order: value as AlarmOrder }),
    );
    const scope = select(
      'Strands whose alarms are shown',
      [
        ['all', 'all strands'],
        ['one', 'this strand'],
      ],
      (value) => this.narrow({ strand: value === 'one' ? store.selected : null }),
    );
    this.words.addEventListener('input', () => this.narrow({ words: this.words.value }));
    const filters = el('div', { class: 'filters' }, this.words, scope, order);
    const scroll = el(
      'div',
      { class: 'scroll', attributes: { tabindex: '0', 'aria-label': 'List of alarms' } },
      this.list,
      this.empty,
      this.figures,
    );
    const head = this.heading('Alarms', this.total, el('span', { class: 'grow' }), this.all);
    this.panel.append(head, tabs, filters, scroll);
  }

  protected show(state: PageState): void {
    const { active, toAcknowledge, shelved } = counts(state.alarms);
    setText(this.total, `${active} active · ${toAcknowledge} to acknowledge`);
    setText(this.tabs.get('shelved')!, shelved > 0 ? `Put aside (${shelved})` : 'Put aside');
    setHidden(this.all, toAcknowledge < 2);
    for (const [tab, one] of this.tabs) one.setAttribute('aria-pressed', String(tab === this.tab));
    setHidden(this.figures, this.tab !== 'kpis');
    setHidden(this.list, this.tab === 'kpis');
    if (this.tab === 'kpis') return setHidden(this.empty, true);
    if (this.choice.strand !== null && this.choice.strand !== state.selected)
      this.choice = { ...this.choice, strand: state.selected };
    const over = this.history ?? state.alarms.over;
    if (this.tab === 'over' && state.revisions.alarms !== this.seenOver) void this.fetchHistory(state);
    const shown = listed({ open: state.alarms.open, over }, this.choice);
    this.rows.show(shown);
    setHidden(this.empty, shown.length > 0);
    setText(this.empty, this.choice.words === '' ? EMPTY[this.choice.tab] : 'No alarm holds these words.');
  }

  private choose(tab: Tab): void {
    this.tab = tab;
    if (tab === 'kpis') void this.fetchFigures();
    else this.narrow({ tab });
    store.changed();
  }

  private narrow(change: Partial<AlarmChoice>): void {
    this.choice = { ...this.choice, ...change };
    store.changed();
  }

  private readonly command =
    ({ strand }: AlarmRecord): Command =>
    async (command, args, to = 'alarms') => {
      const { ok, message } = await link.ask(to, command, args, strand);
      return ok ? null : (message ?? 'It was refused.');
    };

  private async acknowledgeAll(): Promise<void> {
    this.all.disabled = true;
    await link.ask('alarms', 'acknowledge', {}, this.choice.strand ?? undefined);
    this.all.disabled = false;
  }

  /** The journal's history reaches further back than what the feed has seen pass. */
  private async fetchHistory({ revisions }: PageState): Promise<void> {
    this.seenOver = revisions.alarms ?? 0;
    const { ok, result } = await link.ask('alarms', 'get-history', { limit: HISTORY });
    if (ok && Array.isArray(result)) this.history = result as readonly AlarmRecord[];
    store.changed();
  }

  private async fetchFigures(): Promise<void> {
    setText(this.figures, 'asking ...');
    const { ok, result, message } = await link.ask('alarms', 'get-kpis');
    if (ok) showKpis(this.figures, result);
    else setText(this.figures, `No figures: ${message ?? 'refused'}`);
  }
}
