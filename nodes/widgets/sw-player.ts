import { button, el, KeyedRows, select, setHidden, setText, type Row } from './dom.js';
import { elapsed } from './format.js';
import { link } from './link.js';
import {
  castGroups,
  eventMarks,
  failurePath,
  FAILURES,
  SCENARIOS,
  type CastGroup,
  type EventMark,
} from './scenarios.js';
import type { ModelKind } from '../lib/messages.js';
import { chartsPicture, download } from './download.js';
import { sessionCsv, sessionJson } from './session-export.js';
import { store, type PageState } from './store.js';
import { colour } from './theme.js';
import { SwElement } from './sw-element.js';

const STYLE = `
.panel { gap: 8px; } .state { min-width: 6em; } .times { min-width: 11em; text-align: right; }
.line { position: relative; padding-top: 18px; } .line input { width: 100%; margin: 0; display: block; }
.events { position: absolute; inset: 0 8px auto 8px; height: 18px; }
.event { position: absolute; top: 0; height: 18px; border-left: 3px solid var(--sw-text); background: var(--sw-line); font-size: 13px; line-height: 18px; padding-left: 4px; white-space: nowrap; overflow: visible; color: var(--sw-text); }
.refused { color: var(--sw-critical); } select { max-width: 100%; }
`;
const SPEEDS = ['1', '5', '10', '20', '60', '120', '600', 'unpaced'];

/** The replay: cast, speed, scenarios, and a timeline with what really happened, to be dragged. */
export class SwPlayer extends SwElement {
  private readonly cast = select('Cast', [], (id) => void this.load(id));
  private readonly speed = select(
    'Speed',
    SPEEDS.map((speed) => [speed, speed === 'unpaced' ? 'unpaced' : `${speed}x`] as const),
    (speed) => void this.ask('set-speed', { speed: speed === 'unpaced' ? speed : Number(speed) }),
  );
  private readonly state = el('b', { class: 'state', attributes: { role: 'status' } });
  private readonly times = el('span', { class: 'times muted' });
  private readonly line = el('input', {
    attributes: { type: 'range', min: '0', step: '1', 'aria-label': 'Time in the cast' },
  });
  private readonly events = el('div', {
    class: 'events',
    attributes: { role: 'group', 'aria-label': 'What really happened' },
  });
  private readonly marks = new KeyedRows<EventMark>(this.events, ({ key }) => key, markRow);
  private readonly refused = el('div', { class: 'small refused', attributes: { role: 'alert' } });
  private readonly toggle = button('', () => void this.ask(this.next));
  private readonly failures = FAILURES.map(({ name, models }) => ({
    models,
    button: button(name, () => void this.simulate(models)),
  }));
  private next = 'start';
  private failing: readonly ModelKind[] = [];
  private isDragging = false;
  /** What was told of the replay before it was moved: the hand's place stands until there is news. */
  private beforeSeek: PageState['replay'] = null;
  private castsShown = '';
  private groups: readonly CastGroup[] = [];

  constructor() {
    super(STYLE);
  }

  protected build(): void {
    let before = '';
    this.line.addEventListener('pointerdown', () => {
      this.isDragging = true;
      before = this.line.value;
    });
    // Let go where it was taken: no change is told then.
    for (const end of ['pointerup', 'pointercancel'])
      this.line.addEventListener(end, () => (this.isDragging &&= this.line.value !== before));
    this.line.addEventListener('keydown', (event) => this.step(event));
    this.line.addEventListener('input', () => this.showTimes(Number(this.line.value), Number(this.line.max)));
    this.line.addEventListener('change', () => {
      this.isDragging = true;
      void this.seek();
    });
    const scenarios = SCENARIOS.map(({ name, casts }) => button(name, () => void this.load(casts)));
    const controls = el(
      'div',
      { class: 'head' },
      this.cast,
      this.speed,
      this.toggle,
      button('Restart', () => void this.ask('reset').then(() => this.ask('start'))),
      ...[this.state, el('span', { class: 'grow' }), this.times],
    );
    const shown = el(
      'div',
      { class: 'head' },
      el('span', { class: 'muted', text: 'Scenario' }),
      ...scenarios,
      ...this.failures.map((one) => one.button),
      el('span', { class: 'grow' }),
      el('span', { class: 'muted', text: 'Export' }),
      button('CSV', () => this.save('csv', 'text/csv', sessionCsv(store.state))),
      button('JSON', () => this.save('json', 'application/json', sessionJson(store.state))),
      button('PNG', () => void this.savePicture()),
    );
    this.panel.append(
      this.heading('Replay'),
      controls,
      el('div', { class: 'line' }, this.events, this.line),
      shown,
      this.refused,
    );
  }

  protected show({ replay, casts, settings }: PageState): void {
    this.showCasts(casts);
    this.failing = MODELS.filter((model) => settings?.models[model].simulate_failure === true);
    for (const { models, button: one } of this.failures)
      one.setAttribute('aria-pressed', String(models.join() === this.failing.join()));
    if (replay === null) return setText(this.state, 'no replay');
    const playing = replay.strands.map(({ castId }) => castId).join();
    if (this.shadow.activeElement !== this.cast && this.cast.value !== playing) this.cast.value = playing;
    const speed = String(replay.speed);
    if (this.shadow.activeElement !== this.speed) {
      if (!SPEEDS.includes(speed)) setText(this.speed.querySelector('option:last-child')!, `${speed}x`);
      this.speed.value = SPEEDS.includes(speed) ? speed : SPEEDS.at(-1)!;
    }
    setText(this.state, replay.state);
    this.next = replay.state === 'playing' ? 'pause' : replay.state === 'paused' ? 'resume' : 'start';
    setText(this.toggle, { pause: 'Pause', resume: 'Resume', start: 'Start' }[this.next]!);
    const duration = Math.max(1, ...replay.strands.map((strand) => strand.duration ?? 0));
    if (!this.isDragging && replay !== this.beforeSeek) {
      this.line.max = String(Math.floor(duration));
      this.line.value = String(Math.floor(replay.position ?? 0));
      this.showTimes(replay.position ?? 0, duration);
    }
    this.marks.show(eventMarks(replay, casts));
  }

  private async seek(): Promise<void> {
    const wasMoved = await this.ask('seek', { seconds: Number(this.line.value) });
    this.beforeSeek = wasMoved ? store.state.replay : null;
    this.isDragging = false;
  }

  /** A cast is too long for steps of a second. */
  private step(event: KeyboardEvent): void {
    const seconds = STEPS_S[event.key];
    if (seconds === undefined) return;
    event.preventDefault();
    this.line.value = String(Number(this.line.value) + seconds);
    this.line.dispatchEvent(new Event('input'));
    this.line.dispatchEvent(new Event('change'));
  }

  private showTimes(position: number, duration: number): void {
    setText(this.times, `${elapsed(position)} of ${elapsed(duration)}`);
    this.line.setAttribute('aria-valuetext', `${elapsed(position)} into the cast`);
  }

  /** The drop-down is filled once: one that changes while it is open closes under the hand. */
  private showCasts(casts: PageState['casts']): void {
    const ids = casts.map(({ id }) => id).join();
    if (ids === this.castsShown) return;
    this.castsShown = ids;
    this.groups = castGroups(casts);
    this.cast.replaceChildren(
      ...this.groups.map(({ ids: value, title }) => el('option', { text: title, attributes: { value } })),
    );
  }

  private save(kind: string, type: string, content: BlobPart): void {
    const { strand, wall } = store.state;
    const name = `strandwatch-${strand ?? 'none'}-${new Date(wall).toISOString().replaceAll(':', '')}.${kind}`;
    download(name, new Blob([content], { type }));
  }

  private async savePicture(): Promise<void> {
    const picture = await chartsPicture(colour('panel'));
    if (picture !== null) this.save('png', 'image/png', picture);
  }

  private async load(ids: string): Promise<void> {
    if (await this.ask('load', { casts: ids })) await this.ask('start');
  }

  /** These models fail from now on, the others no longer; a second click on the same button ends it. */
  private async simulate(models: readonly ModelKind[]): Promise<void> {
    const wanted = models.join() === this.failing.join() ? [] : models;
    for (const model of MODELS.filter((one) => wanted.includes(one) !== this.failing.includes(one))) {
      const path = failurePath(model);
      const { ok, message } = wanted.includes(model)
        ? await link.ask('feed', 'set', { path, value: true })
        : await link.ask('feed', 'reset-to-file', { path });
      setText(this.refused, ok ? '' : (message ?? 'It was refused.'));
    }
  }

  private async ask(command: string, args: Readonly<Record<string, unknown>> = {}): Promise<boolean> {
    const { ok, message } = await link.ask('replay', command, args);
    setText(this.refused, ok ? '' : (message ?? 'It was refused.'));
    return ok;
  }
}

const STEPS_S: Readonly<Record<string, number>> = {
  ...{ ArrowLeft: -10, ArrowDown: -10, ArrowRight: 10, ArrowUp: 10, PageDown: -60, PageUp: 60 },
};
const MODELS: readonly ModelKind[] = ['baseline', 'sequence'];

function markRow(): Row<EventMark> {
  const element = el('span', { class: 'event' });
  return {
    element,
    show({ text, from, to }) {
      setText(element, text);
      element.style.left = `${100 * from}%`;
      element.style.width = `${100 * (to - from)}%`;
      setHidden(element, from > 1);
    },
  };
}
