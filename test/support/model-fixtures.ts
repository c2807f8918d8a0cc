import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../nodes/lib/package-paths.js';
import type { TensorData } from '../../nodes/lib/model-node.js';
import type { FlowNode } from './node-harness.js';

const FOLDER = join(__dirname, '..', 'fixtures', 'models');

/** A file next to the small models of `test/fixtures/models`. */
export const fixture = (file: string): string => join(FOLDER, file);

/** A file of `flows/pump`: a plant that is no caster, its recording, and the model of it that `test/fixtures/own/make.sh` made. */
export const pump = (file: string): string => join(packageRoot(), 'flows', 'pump', file);

interface Packed {
  readonly dims: readonly number[];
  /** NaN is written as null. */
  readonly data: readonly (number | null)[];
}

/** Vectors that Python computed: `models/<kind>/golden.json` and the golden files of the fixtures. */
export interface Golden {
  readonly inputs: Readonly<Record<string, Packed>>;
  readonly outputs: Readonly<Record<string, Packed>>;
  readonly tolerance: number;
}

export const golden = (file: string): Golden => JSON.parse(readFileSync(file, 'utf8')) as Golden;

export function tensor({ dims, data }: Packed): TensorData {
  return { type: 'float32', dims, data: Float32Array.from(data, (value) => value ?? NaN) };
}

const YAML = 'sensors:\n  - { name: mold_level, unit: mm, range: [0, 200] }\n';

/** A flow of one inference node with its model, its configuration and its outputs collected as `out` and `answers`. */
export function inferenceFlow(
  type: 'baseline-infer' | 'sequence-infer',
  card: string,
  yaml = '',
  fields: Readonly<Record<string, unknown>> = {},
): FlowNode[] {
  const kind = type === 'baseline-infer' ? 'baseline' : 'sequence';
  return [
    { id: 'config', type: 'strand-config', source: 'inline', yaml: YAML + yaml },
    { id: 'model', type: 'onnx-model', kind, card: fixture(card) },
    { id: 'infer', type, strandConfig: 'config', model: 'model', wires: [['out'], ['answers']], ...fields },
    { id: 'out', type: 'helper' },
    { id: 'answers', type: 'helper' },
  ];
}
