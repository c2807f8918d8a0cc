/** The one state of a page: what the feed told, and what this browser has chosen. Widgets subscribe to it. */
import type { Frame } from '../lib/dashboard.js';
import { monoNow } from './browser-clock.js';
import { afterFrame, NOTHING_YET, type FeedState } from './feed-state.js';
import { preferences } from './preferences.js';

export interface PageState extends FeedState {
  /** The strand chosen in this browser; the first one while none is. */
  readonly selected: string | null;
  readonly selectedAlarm: string | null;
  /** Name that commands carry; empty until asked. */
  readonly user: string;
  /** True when the name is that of a login, which nobody can change here. */
  readonly isLoggedIn: boolean;
  /** ms since the last frame, by this browser's clock; null before the first. */
  readonly sinceFrameMs: number | null;
}

export class Store {
  private feed: FeedState = NOTHING_YET;
  private chosen: string | null = preferences.strand;
  private alarm: string | null = null;
  private login: string | null = null;
  private frameAt: number | null = null;
  private readonly listeners = new Set<(state: PageState) => void>();
  private isDrawing = false;

  get state(): PageState {
    return {
      ...this.feed,
      selected: this.selected,
      selectedAlarm: this.alarm,
      user: this.login ?? preferences.operator,
      isLoggedIn: this.login !== null,
      sinceFrameMs: this.frameAt === null ? null : monoNow() - this.frameAt,
    };
  }

  get held(): FeedState {
    return this.feed;
  }

  get selected(): string | null {
    const names = this.feed.strands.map(({ strand }) => strand);
    if (this.chosen !== null && names.includes(this.chosen)) return this.chosen;
    return names.toSorted(byName)[0] ?? null;
  }

  takeFrame(frame: Frame): void {
    this.feed = afterFrame(this.feed, frame);
    this.frameAt = monoNow();
    this.changed();
  }

  select(strand: string): void {
    this.chosen = strand;
    preferences.strand = strand;
    this.changed();
  }

  selectAlarm(id: string | null): void {
    this.alarm = id;
    this.changed();
  }

  setLogin(user: string | null): void {
    this.login = user;
    this.changed();
  }

  setOperator(name: string): void {
    preferences.operator = name;
    this.changed();
  }

  /** Calls back soon, and after each change, once per picture of the screen. @returns the way to stop it */
  subscribe(listener: (state: PageState) => void): () => void {
    this.listeners.add(listener);
    this.changed();
    return () => this.listeners.delete(listener);
  }

  readonly changed = (): void => {
    if (this.isDrawing) return;
    this.isDrawing = true;
    requestAnimationFrame(() => {
      this.isDrawing = false;
      const { state } = this;
      for (const listener of [...this.listeners]) listener(state);
    });
  };
}

const collator = new Intl.Collator('en', { numeric: true });
export const byName = (one: string, other: string): number => collator.compare(one, other);

export const store = new Store();
