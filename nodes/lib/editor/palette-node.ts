/** What all nodes of the palette do alike in the editor: their fields, labels, ports, and the form that their HTML describes. */
import type { EditorNodeInstance } from 'node-red';
import { checkField } from './check-field.js';
import { wordsOf } from './form-words.js';
import { isModel, isStrandConfig, modelOf, pickLikely } from './pick-config-node.js';
import { prepareForm, type Offer } from './prepare-form.js';
import { sayProblems } from './say-problems.js';

/** The node in the editor. */
type Shown = EditorNodeInstance<{ name: string }>;

export interface NodeKind {
  /** The form's fields with their first values, and the rules for them: the node's own. */
  readonly defaults: Readonly<Record<string, unknown>>;
  readonly parseConfig: (saved: Readonly<Record<string, unknown>>) => unknown;
  /** Names of the outputs, first to last, told by the texts `port.NAME`. */
  readonly outputs: readonly string[];
  /** Kind of the models that `model` and `shadow` take. */
  readonly model?: 'baseline' | 'sequence';
  /** Fields of config nodes that may stay unchosen. */
  readonly optional?: readonly string[];
  /** What fields can be chosen from, where the configuration doesn't say it. */
  readonly offers?: Readonly<Record<string, Offer>>;
  /** Its label on the workspace when it has no name; default: its type. */
  readonly label?: (fields: Readonly<Record<string, unknown>>) => string;
}

/** What a type's call of `registerType` takes beside what is told there. */
interface PaletteNode {
  readonly defaults: { readonly name: { value: string } };
  readonly label: (this: Shown) => string;
  readonly labelStyle: (this: Shown) => string;
  readonly inputLabels: (this: Shown) => string;
  readonly outputLabels: (this: Shown, index: number) => string;
  readonly onadd: (this: Shown) => void;
  readonly oneditprepare: (this: Shown) => void;
}

export function paletteNode(type: string, kind: NodeKind): PaletteNode {
  const { defaults, outputs, offers = {} } = kind;
  const definitions = Object.fromEntries(
    Object.keys(defaults).map((field) => [field, definitionOf(type, field, kind)]),
  );
  return {
    defaults: definitions as PaletteNode['defaults'],
    label() {
      const own = kind.label?.({ ...this }) ?? '';
      return this.name || own || type;
    },
    labelStyle() {
      return this.name ? 'node_label_italic' : '';
    },
    inputLabels() {
      return this._(`${type}.port.input`);
    },
    outputLabels(index) {
      return this._(`${type}.port.${outputs[index]}`);
    },
    onadd() {
      pickLikely(this, 'strandConfig', isStrandConfig);
      if (kind.model !== undefined) pickLikely(this, 'model', isModel(kind.model));
    },
    oneditprepare() {
      prepareForm(Object.keys(defaults), offers, wordsOf(this, type));
      sayProblems(this, definitions);
    },
  };
}

function definitionOf(
  type: string,
  field: string,
  { defaults, parseConfig, model, optional = [] }: NodeKind,
) {
  const value = defaults[field];
  const required = !optional.includes(field);
  if (field === 'strandConfig') return { value, type: 'strand-config', required };
  if (model !== undefined && field === 'model') return { value, ...modelOf(model) };
  if (model !== undefined && field === 'shadow') return { value, ...modelOf(model), required: false };
  if (field === 'name' || field === 'version') return { value };
  return { value, validate: checkField(type, field, parseConfig) };
}
