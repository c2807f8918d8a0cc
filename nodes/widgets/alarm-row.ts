import type { AlarmRecord } from '../lib/alarm.js';
import { actionsFor, badges, fate, shapeOf, STATE_NAMES } from './alarm-view.js';
import { button, el, KeyedRows, setClass, setHidden, setText, type Row } from './dom.js';
import { age, percent, wallClock } from './format.js';
import { store } from './store.js';
import type { Recipient } from './link.js';

/** Sends a command about an alarm. @returns words of refusal, or null when it was carried out */
export type Command = (
  command: string,
  args: Readonly<Record<string, unknown>>,
  to?: Recipient,
) => Promise<string | null>;

export const ALARM_ROW_STYLE = `
.alarm { background: var(--sw-field); border: 1px solid var(--sw-line); border-left: 6px solid var(--sw-line); border-radius: 4px; padding: 6px 8px; display: grid; gap: 3px; }
.alarm.is-critical { border-left-color: var(--sw-critical); } .alarm.is-warning { border-left-color: var(--sw-warning); }
.alarm.is-selected { border-color: var(--sw-link); }
.shape { font-size: 24px; line-height: 1; display: inline-block; width: 1.1em; }
.is-flashing .shape { animation: flash 1s steps(2, jump-none) infinite; } @keyframes flash { to { opacity: .3; } }
@media (prefers-reduced-motion: reduce) { .is-flashing .shape { animation: none; } }
.name { border: 0; background: none; padding: 0; min-height: 24px; text-align: left; font-weight: 600; font-size: 18px; display: flex; gap: 6px; align-items: center; min-width: 0; }
.message { overflow-wrap: anywhere; display: -webkit-box; -webkit-line-clamp: 3; -webkit-box-orient: vertical; overflow: hidden; } .is-selected .message { -webkit-line-clamp: unset; }
.age { white-space: nowrap; } .badges, .actions { display: flex; flex-wrap: wrap; gap: 4px; } .badges:empty, .actions:empty { display: none; }
form { display: flex; flex-wrap: wrap; gap: 4px; align-items: center; } form input { flex: 1; min-width: 9em; }
.refused { color: var(--sw-critical); }
`;

interface Aside {
  readonly text: string;
  readonly command: string;
  readonly args: Readonly<Record<string, unknown>>;
}

const shelvedFor = (text: string, seconds: number): Aside => ({ text, command: 'shelve', args: { seconds } });

/** Ways to put an alarm aside: until the next look, a shift, this once, or until somebody takes it back. */
const ASIDE: readonly Aside[] = [
  shelvedFor('5 min', 300),
  shelvedFor('15 min', 900),
  shelvedFor('30 min', 1800),
  shelvedFor('1 h', 3600),
  shelvedFor('8 h', 28_800),
  { text: 'this once', command: 'shelve', args: { once: true } },
  { text: 'suppress', command: 'suppress', args: {} },
  { text: 'out of service', command: 'out-of-service', args: {} },
];
const USUAL = 1;

type Asking = 'acknowledge' | 'shelve' | null;

/** One alarm: what, where, since when, what has become of it, and what may be done. */
export function alarmRow({ id }: AlarmRecord, command: Command): Row<AlarmRecord> {
  const shape = el('span', { class: 'shape', attributes: { 'aria-hidden': 'true' } });
  const title = el('span', { class: 'title' });
  const name = button('', () => store.selectAlarm(store.state.selectedAlarm === id ? null : id), {
    class: 'name',
  });
  name.append(shape, title);
  const since = el('span', { class: 'age muted small' });
  const message = el('div', { class: 'message' });
  const status = el('div', { class: 'small muted fate' });
  const signs = el('div', { class: 'badges' });
  const signRows = new KeyedRows<string>(
    signs,
    (text) => text,
    (text) => ({
      element: el('span', { class: 'chip', text }),
      show: () => undefined,
    }),
  );
  const refused = el('div', { class: 'small refused', attributes: { role: 'alert' } });
  const actions = el('div', { class: 'actions' });
  const form = commentForm();
  const element = el(
    'div',
    {},
    el('div', { class: 'row' }, name, since),
    message,
    signs,
    status,
    actions,
    form.element,
    refused,
  );

  const carryOut = async (verb: string, args: Readonly<Record<string, unknown>>): Promise<void> => {
    form.ask(null);
    const words = await command(verb, { id, ...args });
    setText(refused, words ?? '');
  };
  form.onSubmit((asking, comment, aside) => {
    const verb = asking === 'shelve' ? aside.command : asking;
    // A suppression is told with a reason, everything else with a comment.
    const words = comment === '' ? {} : { [verb === 'suppress' ? 'reason' : 'comment']: comment };
    void carryOut(verb, { ...(asking === 'shelve' ? aside.args : {}), ...words });
  });
  const buttons = {
    acknowledge: button('Acknowledge', () => form.ask('acknowledge'), { class: 'primary' }),
    confirm: button('Confirm', () => void carryOut('confirm', {})),
    shelve: button('Shelve', () => form.ask('shelve')),
    unshelve: button('Unshelve', () => void carryOut('unshelve', {})),
    unsuppress: button('Unsuppress', () => void carryOut('unsuppress', {})),
    returnToService: button('Return to service', () => void carryOut('return-to-service', {})),
    resetLatch: button('Reset latch', () => void carryOut('reset-latch', {})),
  };
  actions.append(...Object.values(buttons));

  return {
    element,
    show(alarm) {
      const isFlashing = alarm.state === 'UNACK';
      const isSelected = store.state.selectedAlarm === id;
      setClass(
        element,
        `alarm is-${alarm.level}${isFlashing ? ' is-flashing' : ''}${isSelected ? ' is-selected' : ''}`,
      );
      element.dataset.state = alarm.state;
      setText(shape, shapeOf(alarm));
      setClass(shape, `shape ${alarm.level}`);
      const risk = alarm.peakRisk === null ? '' : ` · peak ${percent(alarm.peakRisk)}`;
      setText(title, `Strand ${alarm.strand} · ${alarm.level}${risk}`);
      name.setAttribute(
        'aria-label',
        `${title.textContent}, priority ${alarm.priority}, ${STATE_NAMES[alarm.state]}: show why`,
      );
      name.setAttribute('aria-pressed', String(isSelected));
      const { raised } = alarm.wallTimes;
      setText(since, raised === null ? '–' : age(store.state.wall - raised));
      since.title = raised === null ? '' : `raised ${wallClock(raised)}`;
      setText(message, alarm.message);
      message.title = alarm.message;
      setText(status, fate(alarm, store.state.wall));
      signRows.show(badges(alarm));
      const allowed = actionsFor(alarm);
      for (const [verb, one] of Object.entries(buttons))
        setHidden(one, !allowed[verb as keyof typeof allowed] || form.isOpen());
    },
  };
}

function commentForm() {
  const comment = el('input', {
    attributes: { placeholder: 'comment', maxlength: '1000', 'aria-label': 'Comment' },
  });
  const time = el('select', { attributes: { 'aria-label': 'Shelve for' } });
  for (const { text } of ASIDE) time.append(el('option', { text }));
  time.selectedIndex = USUAL;
  const submit = el('button', { class: 'primary', attributes: { type: 'submit' } });
  const cancel = button('Cancel', () => ask(null));
  const element = el('form', {}, time, comment, submit, cancel);
  element.hidden = true;
  let asking: Asking = null;

  const ask = (what: Asking): void => {
    asking = what;
    element.hidden = what === null;
    time.hidden = what !== 'shelve';
    setText(submit, what === 'shelve' ? 'Put aside now' : 'Acknowledge now');
    comment.value = '';
    if (what !== null) comment.focus();
    store.changed();
  };
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') ask(null);
  });
  return {
    element,
    ask,
    isOpen: (): boolean => asking !== null,
    onSubmit(act: (asking: Exclude<Asking, null>, comment: string, aside: Aside) => void): void {
      element.addEventListener('submit', (event) => {
        event.preventDefault();
        if (asking !== null) act(asking, comment.value.trim(), ASIDE[time.selectedIndex]!);
      });
    },
  };
}
