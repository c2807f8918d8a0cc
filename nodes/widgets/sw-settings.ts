import { button, el, KeyedRows, setClass, setHidden, setText, type Row } from './dom.js';
import { wallClock } from './format.js';
import { link } from './link.js';
import { SETTINGS, valueAt, type Setting } from './settings-list.js';
import type { PageState } from './store.js';
import { SwElement } from './sw-element.js';

const STYLE = `
.rows { display: grid; gap: 4px 14px; grid-template-columns: repeat(auto-fill, minmax(min(100%, 420px), 1fr)); }
.setting { display: grid; grid-template-columns: minmax(0, 1fr) minmax(120px, 180px) 118px 66px; gap: 4px 8px; align-items: center; padding: 4px 6px; border-radius: 4px; border-left: 4px solid transparent; }
.setting.is-live { border-left-color: var(--sw-link); background: var(--sw-field); }
.number { display: flex; align-items: center; gap: 4px; } .number input { width: 78px; text-align: right; } .wide { grid-column: 2 / 4; }
.refused { color: var(--sw-critical); } h3 { font-size: 14px; margin: 10px 0 4px; }
@media (max-width: 700px) { .setting { grid-template-columns: minmax(0, 1fr) 118px; } .setting > * { min-width: 0; } .wide { grid-column: auto; } }
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

  constructor() {
    super(STYLE);
  }

  protected build(): void {
    this.panel.append(this.heading('Settings', el('span', { class: 'grow' }), this.resetAll), this.refused);
    for (const [title, settings] of Object.entries(SETTINGS)) {
      const rows = el('div', { class: 'rows' });
      for (const setting of settings) {
        const row = settingRow(setting, this.change, this.command);
        this.shown.push(row);
        rows.append(row.element);
      }
      this.panel.append(el('h3', { text: title }), rows);
    }
    const head = el('tr', {}, ...['setting', 'value', 'by', 'when'].map((text) => el('th', { text })));
    this.panel.append(
      el('h3', { text: 'Changes in force over the file' }),
      this.noChange,
      el('table', {}, el('thead', {}, head), this.log),
    );
  }

  protected show(state: PageState): void {
    for (const row of this.shown) row.show(state);
    const changes = state.settings?.liveChanges ?? [];
    setHidden(this.resetAll, changes.length === 0);
    setHidden(this.noChange, changes.length > 0);
    this.logRows.show(
      changes
        .map(({ path, value, by, at }) => ({
          key: `${path} ${at}`,
          path,
          value: JSON.stringify(value),
          by,
          at: Date.parse(at),
        }))
        .reverse(),
    );
  }

  private readonly change = (setting: Setting, value: unknown): void =>
    void this.command('set', { path: setting.path, value });

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

function logRow({ path, value, by, at }: LogLine): Row<LogLine> {
  const cells = [path, value, by, wallClock(at)].map((text) => el('td', { text }));
  return { element: el('tr', {}, ...cells), show: () => undefined };
}

type Change = (setting: Setting, value: unknown) => void;
type Command = (command: string, args: Readonly<Record<string, unknown>>) => Promise<void>;

function settingRow(setting: Setting, change: Change, command: Command): Row<PageState> {
  const { label, path } = setting;
  const reset = button('Reset', () => void command('reset-to-file', { path }), {
    attributes: { 'aria-label': `Reset ${label} to the file` },
  });
  const control = controlFor(setting, (value) => change(setting, value));
  const element = el('div', {}, el('span', { text: label }), ...control.elements, reset);
  return {
    element,
    show({ settings }) {
      const isLive =
        settings?.liveChanges.some((one) => one.path === path || path.startsWith(`${one.path}.`)) ?? false;
      setClass(element, isLive ? 'setting is-live' : 'setting');
      reset.style.visibility = isLive ? 'visible' : 'hidden';
      element.title = path;
      if (settings !== null) control.show(valueAt(settings, path));
    },
  };
}

interface Control {
  readonly elements: readonly HTMLElement[];
  show(value: unknown): void;
}

function controlFor(setting: Setting, changed: (value: unknown) => void): Control {
  const attributes = { 'aria-label': setting.label };
  if (setting.kind === 'switch') {
    const box = el('input', { attributes: { ...attributes, type: 'checkbox' } });
    box.addEventListener('change', () => changed(box.checked));
    return {
      elements: [el('span', { class: 'wide' }, box)],
      show: (value) => void (box.checked = value === true),
    };
  }
  if (setting.kind === 'choice') {
    const list = el('select', { class: 'wide', attributes });
    for (const choice of setting.choices)
      list.append(el('option', { text: choice, attributes: { value: choice } }));
    list.addEventListener('change', () => changed(list.value));
    return { elements: [list], show: (value) => void (list.value = String(value)) };
  }
  const { scale, min, max, step, unit } = setting;
  const limits = { min: String(min), max: String(max), step: String(step) };
  const slider = el('input', { attributes: { ...attributes, type: 'range', ...limits } });
  const field = el('input', {
    attributes: { 'aria-label': `${setting.label}, ${unit}`, type: 'number', ...limits },
  });
  slider.addEventListener('input', () => (field.value = slider.value));
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
