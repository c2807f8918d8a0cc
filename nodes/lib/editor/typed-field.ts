/**
 * A field as Node-RED's typed input. A flow stores one text for it, and the type is what that text looks like: nothing
 * leaves the field to the configuration (or to what blank means), `${NAME}` is an environment variable, a word such as
 * `unpaced` stands for itself, and the rest is a value of its own.
 */
import { rowOf } from './form-field.js';
import type { Words } from './form-words.js';

/** A value to choose, and how people call it. */
export interface Option {
  readonly value: string;
  readonly label: string;
}

/** As Node-RED's typed input takes it; its types don't know the last four. */
interface InputType {
  readonly value: string;
  readonly label: string;
  readonly icon?: string;
  readonly hasValue?: boolean;
  readonly options?: Option[];
  readonly multiple?: boolean;
  readonly default?: string;
  readonly autoComplete?: (typed: string) => readonly Option[];
  /** The text that is stored for what is shown. */
  readonly export?: (shown: string) => string;
}

const ENVIRONMENT = /^\$\{([A-Za-z_]\w*)\}$/;
const ICON = { number: 'red/images/typedInput/09.svg', text: 'red/images/typedInput/az.svg' };

export class TypedField {
  /** What counts when the field is left blank; null: it can't be. */
  private blank: Option | null;
  private options: readonly Option[] = [];

  /** @param input a row's input with `data-typed`; it holds the text that the flow stores */
  constructor(
    private readonly input: JQuery,
    private readonly words: Words,
  ) {
    this.blank = this.blankAtFirst();
    const stored = String(input.val() ?? '');
    const type = this.typeOf(stored);
    this.input.typedInput({ types: this.types(), default: type });
    if (type === 'environment') this.input.typedInput('value', ENVIRONMENT.exec(stored)![1]!);
    this.nameParts();
    input.on('change', () => this.nameParts());
    this.keepNamesApart(type);
  }

  /** Says what the configuration holds in place of a blank field; undefined: not known. */
  inherit(text: string | undefined): void {
    const label =
      text === undefined ? this.words('form.inherit') : this.words('form.inheritValue', { value: text });
    this.blank = { value: text ?? '', label };
    this.refresh();
  }

  /** Lets people choose; what they had written before is chosen if it can be. */
  offer(options: readonly Option[]): void {
    this.options = options;
    this.refresh();
    const chosen = namesIn(String(this.input.val() ?? ''));
    const isOffered = chosen.every((name) => options.some(({ value }) => value === name));
    if (this.kind !== 'list' || !isOffered || this.input.typedInput('type') !== 'own') return;
    this.input.typedInput('value', chosen.join(','));
    this.input.typedInput('type', 'list');
  }

  /** Node-RED carries the text over from one type to the other, but the name of a variable is no value, nor the reverse. */
  private keepNamesApart(first: string): void {
    let before = first;
    this.input.on('typedinputtypechange', () => {
      const type = this.input.typedInput('type');
      const isFromOrTo = [before, type].includes('environment') && [before, type].includes('own');
      before = type;
      if (isFromOrTo) this.input.typedInput('value', type === 'own' ? (this.blank?.value ?? '') : '');
    });
  }

  private get name(): string {
    return String(this.input.data('field'));
  }

  private get kind(): string {
    return String(this.input.data('typed'));
  }

  private blankAtFirst(): Option | null {
    if (this.input.data('inherit') !== undefined) return { value: '', label: this.words('form.inherit') };
    if (this.input.data('blank') === undefined) return null;
    return { value: '', label: this.words(`blank.${this.name}`) };
  }

  private typeOf(stored: string): string {
    if (stored === '' && this.blank !== null) return 'blank';
    if (ENVIRONMENT.test(stored)) return 'environment';
    return this.wordsInstead().includes(stored) ? stored : 'own';
  }

  /** Words that may stand for a number. */
  private wordsInstead(): string[] {
    const { choices } = this.input.data() as { choices?: string };
    return choices?.split(' ') ?? [];
  }

  private types(): InputType[] {
    const { kind, blank, words, options } = this;
    const types: InputType[] = [];
    if (blank !== null) types.push({ value: 'blank', label: blank.label, hasValue: false, export: () => '' });
    for (const word of this.wordsInstead())
      types.push({
        value: word,
        label: words(`${this.name}.${word}`),
        hasValue: false,
        export: () => word,
      });
    if (kind === 'list' && options.length > 0)
      types.push({
        value: 'list',
        label: words('form.chosen'),
        icon: 'fa fa-list',
        multiple: true,
        options: [...options],
      });
    types.push({
      value: 'own',
      label: words(kind === 'list' ? 'form.written' : 'form.own'),
      icon: kind === 'number' ? ICON.number : ICON.text,
      ...(kind === 'list' ? {} : { default: blank?.value ?? '' }),
      ...(kind === 'words' && options.length > 0
        ? { autoComplete: (typed: string) => optionsLike(typed, options) }
        : {}),
    });
    types.push({
      value: 'environment',
      label: words('form.environment'),
      icon: 'red/images/typedInput/env.svg',
      export: (name) => (name === '' ? '' : `\${${name}}`),
    });
    return types;
  }

  private refresh(): void {
    this.input.typedInput('types', this.types());
  }

  /** Node-RED's typed input has several parts and names none of them. */
  private nameParts(): void {
    const label = this.words(`label.${this.name}`);
    const type = this.types().find(({ value }) => value === this.input.typedInput('type'))?.label ?? '';
    const row = rowOf(this.input);
    row.find('.red-ui-typedInput-type-select').attr('aria-label', this.words('form.type', { label, type }));
    row.find('.red-ui-typedInput-input').attr('aria-label', label);
    const chosen = row.find('.red-ui-typedInput-option-label').text();
    row.find('.red-ui-typedInput-option-trigger').attr('aria-label', `${label}: ${chosen}`);
  }
}

const namesIn = (list: string): string[] =>
  list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

const optionsLike = (typed: string, options: readonly Option[]): readonly Option[] =>
  options.filter(({ label, value }) =>
    `${value} ${label}`.toLowerCase().includes(typed.trim().toLowerCase()),
  );
