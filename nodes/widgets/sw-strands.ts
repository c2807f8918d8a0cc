import { el, KeyedRows, setClass, setText, type Row } from './dom.js';
import { percent } from './format.js';
import { SHAPES } from './levels.js';
import { byName, store, type PageState } from './store.js';
import { strandCards, type StrandCard } from './strand-cards.js';
import { SwElement } from './sw-element.js';

const STYLE = `
.cards { display: grid; gap: 6px; align-content: start; grid-template-columns: repeat(auto-fill, minmax(200px, 1fr)); }
.card { display: block; width: 100%; text-align: left; padding: 6px 10px; border-left-width: 6px; }
.card.is-critical { border-left-color: var(--sw-critical); } .card.is-warning { border-left-color: var(--sw-warning); }
.card[aria-pressed=true] { box-shadow: none; border-color: var(--sw-link); border-width: 2px 2px 2px 6px; background: var(--sw-panel); }
.risk { font-size: 28px; font-weight: 600; white-space: nowrap; } .name { font-weight: 600; font-size: 18px; } .facts { white-space: nowrap; }
.note { display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow: hidden; min-width: 0; } .heard { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
`;

/** All strands, worst first. A click chooses the strand that the page shows, in this browser alone. */
export class SwStrands extends SwElement {
  private readonly cards = el('div', { class: 'cards' });
  private readonly empty = el('div', { class: 'empty', text: 'No strand yet.' });
  private readonly rows = new KeyedRows<StrandCard>(this.cards, ({ strand }) => strand, strandRow);

  constructor() {
    super(STYLE);
  }

  protected build(): void {
    const scroll = el('div', { class: 'scroll' }, this.cards, this.empty);
    this.panel.append(this.heading('Strands, worst first'), scroll);
  }

  protected show({ strands, alarms, settings, selected }: PageState): void {
    this.empty.hidden = strands.length > 0;
    this.rows.show(strandCards(strands, alarms.open, settings, byName));
    for (const card of this.cards.querySelectorAll<HTMLElement>('.card'))
      card.setAttribute('aria-pressed', String(card.dataset.strand === selected));
  }
}

function strandRow({ strand }: StrandCard): Row<StrandCard> {
  const name = el('span', { class: 'name cut' });
  const risk = el('span');
  /** What the shape says, for those who hear it. */
  const level = el('span', { class: 'heard' });
  const note = el('span', { class: 'note muted small' });
  const facts = el('span', { class: 'muted small facts' });
  const element = el(
    'button',
    { attributes: { type: 'button' } },
    el('span', { class: 'row' }, name, level, risk),
    el('span', { class: 'row' }, note, facts),
  );
  element.dataset.strand = strand;
  element.addEventListener('click', () => store.select(strand));
  return {
    element,
    show(card) {
      setClass(element, `card is-${card.level}`);
      setText(name, `Strand ${card.strand}`);
      setClass(risk, `risk ${card.level}`);
      setText(risk, `${SHAPES[card.level]} ${percent(card.risk)}`);
      setText(note, card.note);
      note.title = card.note;
      setText(facts, card.toAcknowledge > 0 ? `${card.toAcknowledge} to ack.` : card.grade);
      setText(level, ` ${card.level}, `);
    },
  };
}
