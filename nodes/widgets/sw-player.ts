import { button, el, KeyedRows, select, setHidden, setText, type Row } from './dom.js';
import { elapsed } from './format.js';
import { link } from './link.js';
import { castGroups, eventMarks, SCENARIOS, type CastGroup, type EventMark } from './scenarios.js';
import { chartsPicture, download } from './download.js';
import { sessionCsv, sessionJson } from './session-export.js';
import { store, type PageState } from './store.js';
import { colour } from './theme.js';
import { SwElement } from './sw-element.js';

const STYLE = `
.panel { gap: 8px; } .state { min-width: 6em; } .times { min-width: 11em; text-align: right; }
.line { position: relative; padding-top: 18px; } .line input { width: 100%; margin: 0; display: block; }
.events { position: absolute; inset: 0 8px auto 8px; height: 18px; }
.event { position: absolute; top: 0; height: 16px; border-left: 2px solid var(--sw-critical); background: var(--sw-critical-fill); font-size: 12px; padding-left: 3px; white-space: nowrap; overflow: visible; color: var(--sw-critical); }
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
  private readonly failure = button('Model failure', () => void this.toggleFailure());
  private next = 'start';
  private hasFailed = false;
  private isDragging = false;
  private castsShown = '';
  private groups: readonly CastGroup[] = [];

  constructor() {
    super(STYLE);
  }

  protected build(): void {
    this.line.addEventListener('pointerdown', () => (this.isDragging = true));
    this.line.addEventListener('input', () => this.showTimes(Number(this.line.value), Number(this.line.max)));
    this.line.addEventListener('change', () => {
      this.isDragging = false;
      void this.ask('seek', { seconds: Number(this.line.value) });
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
      this.failure,
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
    this.hasFailed = settings?.liveChanges.some(({ path }) => path === FAILURE_PATH) ?? false;
    this.failure.setAttribute('aria-pressed', String(this.hasFailed));
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
    if (!this.isDragging) {
      this.line.max = String(Math.floor(duration));
      this.line.value = String(Math.floor(replay.position ?? 0));
      this.showTimes(replay.position ?? 0, duration);
    }
    this.marks.show(eventMarks(replay, casts));
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

  /** A run that may take no time at all comes too late each time: the model falls silent, as one that hangs would. */
  private async toggleFailure(): Promise<void> {
    const { ok, message } = this.hasFailed
      ? await link.ask('feed', 'reset-to-file', { path: FAILURE_PATH })
      : await link.ask('feed', 'set', { path: FAILURE_PATH, value: 1e-6 });
    setText(this.refused, ok ? '' : (message ?? 'It was refused.'));
  }

  private async ask(command: string, args: Readonly<Record<string, unknown>> = {}): Promise<boolean> {
    const { ok, message } = await link.ask('replay', command, args);
    setText(this.refused, ok ? '' : (message ?? 'It was refused.'));
    return ok;
  }
}

const FAILURE_PATH = 'models.sequence.deadline';

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
