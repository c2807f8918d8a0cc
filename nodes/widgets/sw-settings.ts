import { monoNow } from './browser-clock.js';
import { button, el, KeyedRows, setClass, setHidden, setText, type Row } from './dom.js';
import { wallClock } from './format.js';
import { link } from './link.js';
import { AlarmDraft, DRAFT_STYLE } from './alarm-draft.js';
import { SETTINGS, shownSetting, valueAt, type Setting } from './settings-list.js';
import type { PageState } from './store.js';
import { SwElement } from './sw-element.js';

const STYLE = `
.columns { display: grid; gap: 6px 36px; } .columns > div { min-width: 0; } @media (min-width: 1250px) { .columns { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); } }
.rows { display: grid; gap: 4px; }
.setting { display: grid; grid-template-columns: minmax(0, 1fr) minmax(90px, 220px) 118px 72px; gap: 4px 10px; align-items: center; padding: 4px 8px; border-radius: 4px; border-left: 4px solid transparent; min-height: 40px; }
.setting.is-live { border-left-color: var(--sw-link); background: var(--sw-field); } .setting.is-tried { border-left: 4px dotted var(--sw-link); } .is-tried .number input { font-weight: 700; }
.number { display: flex; align-items: center; gap: 4px; } .number input { width: 82px; text-align: right; } .wide { grid-column: 2 / 4; } .setting button { padding: 3px 8px; }
${DRAFT_STYLE} .log { max-height: 320px; overflow: auto; } .log td { overflow-wrap: break-word; } .log :is(td, th):first-child { overflow-wrap: anywhere; min-width: 9em; } .log :is(th, td) { text-align: left; }
.refused { color: var(--sw-critical); } h3 { font-size: 16px; margin: 12px 0 4px; } p { margin: 0 0 0 8px; }
@media (max-width: 700px) { .setting { grid-template-columns: minmax(0, 1fr) 118px 72px; } .setting > * { min-width: 0; } .setting > :first-child { grid-column: 1 / 3; } .setting > button { grid-column: 3; grid-row: 1; } .wide { grid-column: 1 / 3; } .log { font-size: 13px; } .log :is(th, td) { padding: 4px; } }
`;

/** The settings an engineer tunes, with live effect: what is in force, who changed it, and the way back to the file. */
export class SwSettings extends SwElement {
  private readonly refused = el('div', { class: 'refused', attributes: { role: 'alert' } });
  private readonly shown: Row<PageState>[] = [];
  private readonly resetAll = button('Reset all to the file', () => void this.command('reset-to-file', {}));
  private readonly log = el('tbody');
  private readonly logRows = new KeyedRows<LogLine>(this.log, ({ key }) => key, logRow);
  private readonly noChange = el('p', {
    class: 'muted',
    text: 'Nothing was changed live: the file is in force.',
  });
  private readonly inForce = logTable('Live changes in force', ['setting', 'value', 'by', 'when'], this.log);

  private readonly history = el('tbody');
  private readonly historyRows = new KeyedRows<LogLine>(this.history, ({ key }) => key, logRow);
  private readonly noHistory = el('p', { class: 'muted', text: 'No change was made yet.' });
  private readonly everyChange = logTable(
    'Log of changes',
    ['setting', 'from → to', 'by', 'when'],
    this.history,
  );
  private readonly draft = new AlarmDraft((words) => setText(this.refused, words));

  constructor() {
    super(STYLE);
  }

  protected build(): void {
    this.panel.append(this.heading('Settings', el('span', { class: 'grow' }), this.resetAll), this.refused);
    const columns = el('div', { class: 'columns' });
    this.panel.append(columns);
    for (const [title, settings] of Object.entries(SETTINGS)) {
      const rows = el('div', { class: 'rows' });
      for (const setting of settings) {
        const row = settingRow(setting, this.change, this.command, this.draft);
        this.shown.push(row);
        rows.append(row.element);
      }
      const column = el('div', {}, el('h3', { text: title }), rows);
      if (title === 'Alarms') column.append(this.draft.element);
      columns.append(column);
    }
    columns.append(
      el('div', {}, el('h3', { text: 'Changes in force over the file' }), this.noChange, this.inForce),
      el('div', {}, el('h3', { text: 'Every change' }), this.noHistory, this.everyChange),
    );
  }

  protected show(state: PageState): void {
    for (const row of this.shown) row.show(state);
    this.draft.show(state);
    const changes = state.settings?.liveChanges ?? [];
    setHidden(this.resetAll, changes.length === 0);
    setHidden(this.noChange, changes.length > 0);
    setHidden(this.inForce, changes.length === 0);
    const hasHistory = (state.settings?.changeLog.length ?? 0) > 0;
    setHidden(this.noHistory, hasHistory);
    setHidden(this.everyChange, !hasHistory);
    this.logRows.show(
      changes
        .map(({ path, value, by, at }) => ({
          key: `${path} ${at}`,
          path,
          value: shownSetting(value),
          by,
          at: Date.parse(at),
        }))
        .reverse(),
    );
    this.historyRows.show(
      (state.settings?.changeLog ?? []).map(({ path, from, to, by, at }) => ({
        key: `${path} ${at}`,
        path,
        value: `${shownSetting(from)} → ${to === undefined ? 'as in the file' : shownSetting(to)}`,
        by,
        at: Date.parse(at),
      })),
    );
  }

  /** What alarms hang on is tried before it is put in force; the rest takes effect at once. */
  private readonly change = (setting: Setting, value: unknown): void => {
    if (setting.tried === true) this.draft.set(setting.path, Number(value));
    else void this.command('set', { path: setting.path, value });
  };

  private readonly command = async (
    command: string,
    args: Readonly<Record<string, unknown>>,
  ): Promise<void> => {
    const { ok, message } = await link.ask('feed', command, args);
    setText(this.refused, ok ? '' : `Not changed: ${message ?? 'refused'}`);
  };
}

interface LogLine {
  readonly key: string;
  readonly path: string;
  readonly value: string;
  readonly by: string;
  readonly at: number;
}

function logTable(label: string, head: readonly string[], body: HTMLElement): HTMLElement {
  const cells = head.map((text) => el('th', { text }));
  // It scrolls, so the keyboard must be able to reach it.
  const attributes = { tabindex: '0', role: 'group', 'aria-label': label };
  return el(
    'div',
    { class: 'log', attributes },
    el('table', {}, el('thead', {}, el('tr', {}, ...cells)), body),
  );
}

function logRow({ path, value, by, at }: LogLine): Row<LogLine> {
  const cells = [path, value, by, wallClock(at)].map((text) => el('td', { text }));
  return { element: el('tr', {}, ...cells), show: () => undefined };
}

type Change = (setting: Setting, value: unknown) => void;
type Command = (command: string, args: Readonly<Record<string, unknown>>) => Promise<void>;

function settingRow(setting: Setting, change: Change, command: Command, draft: AlarmDraft): Row<PageState> {
  const { label, path } = setting;
  let livePath = path;
  const reset = button('Reset', () => void command('reset-to-file', { path: livePath }), {
    attributes: { 'aria-label': `Reset ${label} to the file` },
  });
  const control = controlFor(setting, (value) => change(setting, value));
  const element = el('div', {}, el('span', { text: label }), ...control.elements, reset);
  return {
    element,
    show({ settings }) {
      const live = settings?.liveChanges.find((one) => `${path}.`.startsWith(`${one.path}.`));
      const isLive = live !== undefined;
      livePath = live?.path ?? path;
      const isTried = draft.valueOf(path) !== undefined;
      setClass(element, `setting${isLive ? ' is-live' : ''}${isTried ? ' is-tried' : ''}`);
      reset.style.visibility = isLive ? 'visible' : 'hidden';
      element.title = path;
      if (settings !== null) control.show(draft.valueOf(path) ?? valueAt(settings, path));
    },
  };
}

const HAND_COUNTS_MS = 3000;

/** What the hand has just chosen stands until the flow has had time to take it over: nothing jumps back in between. */
class Hand<Value> {
  private chosen: { readonly value: Value; readonly until: number } | null = null;

  moved(value: Value): Value {
    this.chosen = { value, until: monoNow() + HAND_COUNTS_MS };
    return value;
  }

  orElse(inForce: Value): Value {
    if (this.chosen === null || inForce === this.chosen.value || monoNow() > this.chosen.until) {
      this.chosen = null;
      return inForce;
    }
    return this.chosen.value;
  }
}

interface Control {
  readonly elements: readonly HTMLElement[];
  show(value: unknown): void;
}

function controlFor(setting: Setting, changed: (value: unknown) => void): Control {
  const attributes = { 'aria-label': setting.label };
  if (setting.kind === 'switch') {
    const box = el('input', { attributes: { ...attributes, type: 'checkbox' } });
    const hand = new Hand<boolean>();
    box.addEventListener('change', () => changed(hand.moved(box.checked)));
    return {
      elements: [el('span', { class: 'wide' }, box)],
      show: (value) => void (box.checked = hand.orElse(value === true)),
    };
  }
  if (setting.kind === 'choice') {
    const list = el('select', { class: 'wide', attributes });
    for (const choice of setting.choices)
      list.append(el('option', { text: choice, attributes: { value: choice } }));
    const hand = new Hand<string>();
    list.addEventListener('change', () => changed(hand.moved(list.value)));
    return { elements: [list], show: (value) => void (list.value = hand.orElse(String(value))) };
  }
  const { scale, min, max, step, unit } = setting;
  const limits = { min: String(min), max: String(max), step: String(step) };
  const slider = el('input', { attributes: { ...attributes, type: 'range', ...limits } });
  const field = el('input', {
    attributes: { 'aria-label': `${setting.label}, ${unit}`, type: 'number', ...limits, step: 'any' },
  });
  slider.addEventListener('input', () => {
    field.value = slider.value;
    if (setting.tried === true) changed(Number(slider.value) / scale);
  });
  for (const one of [slider, field]) one.addEventListener('change', () => changed(Number(one.value) / scale));
  const root = (): Document | ShadowRoot => slider.getRootNode() as ShadowRoot;
  return {
    elements: [
      slider,
      el('span', { class: 'number' }, field, el('span', { class: 'muted small', text: unit })),
    ],
    show(value) {
      const text = String(Math.round(1e4 * scale * Number(value)) / 1e4);
      for (const one of [slider, field])
        if (root().activeElement !== one && one.value !== text) one.value = text;
    },
  };
}
