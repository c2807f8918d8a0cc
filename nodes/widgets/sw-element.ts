import { el } from './dom.js';
import { PANEL_STYLE } from './panel-style.js';
import { store, type PageState } from './store.js';

/** A widget: builds its parts once, then keeps them up with the state of the page while it is on it. */
export abstract class SwElement extends HTMLElement {
  protected readonly shadow = this.attachShadow({ mode: 'open' });
  protected readonly panel = el('section', { class: 'panel' });
  private unsubscribe: (() => void) | null = null;
  private isBuilt = false;

  protected constructor(style = '') {
    super();
    this.shadow.append(el('style', { text: PANEL_STYLE + style }), this.panel);
  }

  connectedCallback(): void {
    if (!this.isBuilt) this.build();
    this.isBuilt = true;
    this.unsubscribe ??= store.subscribe((state) => this.show(state));
  }

  disconnectedCallback(): void {
    this.unsubscribe?.();
    this.unsubscribe = null;
  }

  protected abstract build(): void;
  protected abstract show(state: PageState): void;

  /** The name of the panel, for eyes and for screen readers. */
  protected heading(text: string, ...beside: readonly Node[]): HTMLElement {
    const head = el('div', { class: 'head' }, el('h2', { text }), ...beside);
    this.panel.setAttribute('aria-label', text);
    return head;
  }
}
