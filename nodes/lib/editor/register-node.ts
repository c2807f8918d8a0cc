/** What every node of the palette tells the editor: fields, ports, looks, and the form that its HTML describes. */
import type { EditorRED } from 'node-red';
import { checkField } from './check-field.js';
import { wordsOf } from './form-words.js';
import { isModel, isStrandConfig, modelOf, pickLikely } from './pick-config-node.js';
import { prepareForm, type Offer } from './prepare-form.js';
import { sayProblems } from './say-problems.js';

declare const RED: EditorRED;

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

export function registerNode(type: string, kind: NodeKind): void {
  const { defaults, outputs, offers = {} } = kind;
  const definitions = Object.fromEntries(
    Object.keys(defaults).map((field) => [field, definitionOf(type, field, kind)]),
  );
  RED.nodes.registerType<{ name: string }>(type, {
    category: 'StrandWatch',
    color: '#8fb8d8',
    defaults: definitions as { name: { value: string } },
    inputs: 1,
    outputs: outputs.length,
    icon: `${type}.svg`,
    align: 'left',
    paletteLabel: type,
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
    outputLabels(index: number) {
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
  });
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
