import type { AlarmPreview } from '../lib/dashboard.js';
import { after } from './browser-clock.js';
import { button, el, select, setHidden, setText } from './dom.js';
import { age } from './format.js';
import { link } from './link.js';
import { store, type PageState } from './store.js';

export const DRAFT_STYLE = `
.draft { background: var(--sw-field); border: 1px solid var(--sw-line); border-radius: 4px; padding: 10px 14px; margin-top: 8px; display: grid; gap: 6px; justify-items: start; }
.draft .both { display: flex; flex-wrap: wrap; gap: 4px 28px; } .draft b { font-size: 18px; }
`;

/** Names that the preview has for settings. */
const NAMES: Readonly<Record<string, string>> = {
  'alerts.thresholds.warning': 'warning',
  'alerts.thresholds.critical': 'critical',
  'alerts.deadband': 'deadband',
  'alerts.on_delay': 'on_delay',
  'alerts.off_delay': 'off_delay',
};
const PAUSE_MS = 250;

/** Settings of the alarms that are tried on the risk of the last hours, before they are put in force together. */
export class AlarmDraft {
  readonly element = el('div', { class: 'draft' });
  private readonly values = new Map<string, number>();
  private readonly inForce = el('b');
  private readonly tried = el('b');
  private readonly triedPart = el('span', {}, document.createTextNode('with these settings: '), this.tried);
  private readonly covered = el('div', { class: 'muted small' });
  private readonly put = button('Put in force', () => void this.putInForce(), { class: 'primary' });
  private readonly drop = button('Discard', () => {
    this.values.clear();
    this.ask();
  });
  private hours = '8';
  private forgetPlan: (() => void) | null = null;
  private settingsSeen = -1;

  constructor(private readonly tell: (words: string) => void) {
    const hours = select(
      'Hours looked back',
      ['1', '4', '8', '12'].map((one) => [one, `last ${one} h of cast time`] as const),
      (value) => {
        this.hours = value;
        this.ask();
      },
    );
    hours.value = this.hours;
    const figures = el(
      'div',
      { class: 'both', attributes: { role: 'status' } },
      el('span', {}, document.createTextNode('in force: '), this.inForce),
      this.triedPart,
    );
    const head = el(
      'div',
      { class: 'head' },
      el('span', { text: 'Alarms that the risk would have given over the' }),
      hours,
    );
    this.element.append(head, figures, this.covered, el('div', { class: 'head' }, this.put, this.drop));
  }

  valueOf(path: string): number | undefined {
    return this.values.get(path);
  }

  set(path: string, value: number): void {
    this.values.set(path, value);
    this.ask();
  }

  show({ revisions }: PageState): void {
    const isTried = this.values.size > 0;
    setHidden(this.triedPart, !isTried);
    setHidden(this.put, !isTried);
    setHidden(this.drop, !isTried);
    const seen = revisions.settings ?? 0;
    if (seen === this.settingsSeen) return;
    this.settingsSeen = seen;
    this.ask();
  }

  /** Once the hand rests: a slider that is dragged asks a hundred times. */
  private ask(): void {
    store.changed();
    this.forgetPlan?.();
    this.forgetPlan = after(PAUSE_MS, () => void this.preview());
  }

  private async preview(): Promise<void> {
    const hours = Number(this.hours);
    const values = Object.fromEntries([...this.values].map(([path, value]) => [NAMES[path]!, value]));
    const [now, then] = await Promise.all([
      link.ask('feed', 'preview', { hours }),
      link.ask('feed', 'preview', { hours, ...values }),
    ]);
    this.tell(then.ok ? '' : (then.message ?? 'It was refused.'));
    if (now.ok) this.showCount(now.result as AlarmPreview);
    if (then.ok) setText(this.tried, wordsOf(then.result as AlarmPreview));
  }

  private showCount(preview: AlarmPreview): void {
    setText(this.inForce, wordsOf(preview));
    const { strands, coveredS, hours } = preview;
    const asked = 3600 * hours * strands;
    const part =
      coveredS < 0.99 * asked ? `; so far there are only ${age(1000 * coveredS)} of risk to try them on` : '';
    setText(
      this.covered,
      `${strands === 1 ? '1 strand' : `${strands} strands`}, ${hours} h each${part}. What people do about alarms is left out.`,
    );
  }

  private async putInForce(): Promise<void> {
    const changes = new Map<string, unknown>(this.values);
    // Both thresholds at once: one by one, the first could contradict the other.
    const { settings } = store.state;
    if ([...changes.keys()].some((path) => path.startsWith('alerts.thresholds.')) && settings !== null) {
      const { warning, critical } = settings.alerts.thresholds;
      changes.set('alerts.thresholds', {
        warning: changes.get('alerts.thresholds.warning') ?? warning,
        critical: changes.get('alerts.thresholds.critical') ?? critical,
      });
      changes.delete('alerts.thresholds.warning');
      changes.delete('alerts.thresholds.critical');
    }
    for (const [path, value] of changes) {
      const { ok, message } = await link.ask('feed', 'set', { path, value });
      if (!ok) return this.tell(`Not changed: ${message ?? 'refused'}`);
    }
    this.values.clear();
    this.ask();
  }
}

const wordsOf = ({ alarms, critical, activeS }: AlarmPreview): string =>
  `${alarms} ${alarms === 1 ? 'alarm' : 'alarms'}, ${critical} critical, active ${age(1000 * activeS)}`;
