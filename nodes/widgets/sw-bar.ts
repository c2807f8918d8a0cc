import { button, el, select, setClass, setHidden, setText } from './dom.js';
import { age } from './format.js';
import { preferences, type ThemeChoice } from './preferences.js';
import { alarmSound } from './alarm-sound.js';
import { store, type PageState } from './store.js';
import { SwElement } from './sw-element.js';
import { setTheme } from './theme.js';

const STYLE = `
:host { overflow: visible; } .panel { flex-direction: row; flex-wrap: wrap; align-items: center; padding: 4px 10px; gap: 4px 14px; }
.grow { flex: 1; } label { display: inline-flex; align-items: center; gap: 6px; } input { width: 11em; } .live { min-width: 11em; } @media (max-width: 700px) { .live { min-width: 0; } label .muted, .grow { display: none; } label { flex: 1 1 4em; } input { width: 100%; min-width: 0; } .panel { gap: 4px 6px; } }
`;
/** Frames come every second; later than this, what is shown is old. */
const STALE_MS = 5000;

/** Whether the page is live, who operates it, sound, light or dark. */
export class SwBar extends SwElement {
  private readonly live = el('span', { attributes: { role: 'status' } });
  private readonly user = el('b');
  private readonly name = el('input', {
    attributes: {
      placeholder: 'your name',
      autocomplete: 'name',
      maxlength: '100',
      'aria-label': 'Operator',
    },
  });
  private readonly sound = button('', () => {
    preferences.muted = !preferences.muted;
    store.changed();
  });

  constructor() {
    super(STYLE);
  }

  protected build(): void {
    this.panel.setAttribute('aria-label', 'Page');
    this.name.addEventListener('change', () => store.setOperator(this.name.value.trim()));
    const theme = select(
      'Light or dark',
      [
        ['auto', '◐ auto'],
        ['light', '○ light'],
        ['dark', '● dark'],
      ],
      (choice) => setTheme(choice as ThemeChoice),
    );
    theme.value = preferences.theme;
    const operator = el('label', {}, el('span', { class: 'muted', text: 'Operator' }), this.name, this.user);
    this.panel.append(this.live, el('span', { class: 'grow' }), operator, this.sound, theme);
  }

  protected show(state: PageState): void {
    const { sinceFrameMs, isLoggedIn, user } = state;
    const isStale = sinceFrameMs !== null && sinceFrameMs > STALE_MS;
    setClass(this.live, `live ${sinceFrameMs === null ? 'muted' : isStale ? 'critical' : 'normal'}`);
    if (sinceFrameMs === null) setText(this.live, '○ connecting ...');
    else setText(this.live, isStale ? `◆ old: nothing for ${age(sinceFrameMs)}` : '● live');
    setHidden(this.name, isLoggedIn);
    setText(this.user, isLoggedIn ? user : '');
    if (this.shadow.activeElement !== this.name && this.name.value !== user) this.name.value = user;
    const { muted } = preferences;
    setText(this.sound, muted ? '♪ Sound: off' : '♪ Sound: on');
    this.sound.setAttribute('aria-pressed', String(!muted));
    alarmSound.follow(state);
  }
}
