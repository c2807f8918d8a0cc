/** The little that is needed to build and keep up pages without a framework. Text goes in as text, never as markup. */

interface Looks {
  readonly class?: string;
  readonly text?: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  { class: className, text, attributes = {} }: Looks = {},
  ...children: readonly Node[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  if (className !== undefined) element.className = className;
  if (text !== undefined) element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

export function button(text: string, act: () => void, looks: Looks = {}): HTMLButtonElement {
  const element = el('button', { ...looks, text, attributes: { type: 'button', ...looks.attributes } });
  element.addEventListener('click', act);
  return element;
}

/** A drop-down; `choices` are value and label. */
export function select(
  label: string,
  choices: readonly (readonly [value: string, label: string])[],
  chosen: (value: string) => void,
): HTMLSelectElement {
  const element = el('select', { attributes: { 'aria-label': label } });
  for (const [value, text] of choices) element.append(el('option', { text, attributes: { value } }));
  element.addEventListener('change', () => chosen(element.value));
  return element;
}

/** Writes only what has changed, so that nothing flickers and no selection is lost. */
export function setText(node: Node, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

export function setClass(element: Element, className: string): void {
  if (element.className !== className) element.className = className;
}

export function setHidden(element: HTMLElement, isHidden: boolean): void {
  if (element.hidden !== isHidden) element.hidden = isHidden;
}

export interface Row<Item> {
  readonly element: HTMLElement;
  show(item: Item): void;
}

/** Children of `parent` that follow a list by key: an item keeps its element, with focus and half-written text in it. */
export class KeyedRows<Item> {
  private readonly rows = new Map<string, Row<Item>>();

  constructor(
    private readonly parent: HTMLElement,
    private readonly keyOf: (item: Item) => string,
    private readonly make: (item: Item) => Row<Item>,
  ) {}

  show(items: readonly Item[]): void {
    const keys = new Set(items.map(this.keyOf));
    for (const [key, { element }] of this.rows) {
      if (keys.has(key)) continue;
      element.remove();
      this.rows.delete(key);
    }
    items.forEach((item, index) => {
      const key = this.keyOf(item);
      const row = this.rows.get(key) ?? this.make(item);
      this.rows.set(key, row);
      row.show(item);
      // Moving an element takes the focus away from it: only what is elsewhere is moved.
      if (this.parent.children[index] !== row.element)
        this.parent.insertBefore(row.element, this.parent.children[index] ?? null);
    });
  }
}
