/** Writes small ONNX graphs byte by byte: those that no exporter would make. */

const varint = (value: number | bigint): number[] => {
  const bytes: number[] = [];
  for (let rest = BigInt(value); ; rest >>= 7n) {
    if (rest < 128n) return [...bytes, Number(rest)];
    bytes.push(Number(rest & 127n) | 128);
  }
};
const bytesOf = (content: string | readonly number[]): readonly number[] =>
  typeof content === 'string' ? [...Buffer.from(content)] : content;
const field = (number: number, content: string | readonly number[]): number[] => {
  const bytes = bytesOf(content);
  return [...varint(number * 8 + 2), ...varint(bytes.length), ...bytes];
};
const number = (at: number, value: number | bigint): number[] => [...varint(at * 8), ...varint(value)];

export const FLOAT = 1;
const INT64 = 7;
const BOOL = 9;

/** A tensor's name, type and shape; a text is a free dimension. */
export function value(name: string, type: number, dims: readonly (number | string)[]): number[] {
  const shape = dims.flatMap((dim) => field(1, typeof dim === 'number' ? number(1, dim) : field(2, dim)));
  return [...field(1, name), ...field(2, field(1, [...number(1, type), ...field(2, shape)]))];
}

const constant = (name: string, type: number, content: readonly number[]): number[] => [
  ...number(2, type),
  ...field(8, name),
  ...field(9, content),
];

interface NodeParts {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: readonly (readonly number[])[];
  readonly domain?: string;
}

export function operator(
  type: string,
  { inputs, outputs, attributes = [], domain = '' }: NodeParts,
): number[] {
  return [
    ...inputs.flatMap((name) => field(1, name)),
    ...outputs.flatMap((name) => field(2, name)),
    ...field(4, type),
    ...attributes.flatMap((attribute) => field(5, attribute)),
    ...(domain === '' ? [] : field(7, domain)),
  ];
}

const integer = (name: string, value_: number): number[] => [
  ...field(1, name),
  ...number(3, value_),
  ...number(20, 2),
];
const integers = (name: string, values: readonly number[]): number[] => [
  ...field(1, name),
  ...values.flatMap((item) => number(8, item)),
  ...number(20, 7),
];
export const subgraph = (name: string, graph: readonly number[]): number[] => [
  ...field(1, name),
  ...field(6, graph),
  ...number(20, 5),
];

interface GraphParts {
  readonly nodes: readonly (readonly number[])[];
  readonly inputs?: readonly (readonly number[])[];
  readonly outputs?: readonly (readonly number[])[];
  readonly constants?: readonly (readonly number[])[];
}

export const graph = ({ nodes, inputs = [], outputs = [], constants = [] }: GraphParts): number[] => [
  ...nodes.flatMap((node) => field(1, node)),
  ...field(2, 'graph'),
  ...constants.flatMap((tensor) => field(5, tensor)),
  ...inputs.flatMap((input) => field(11, input)),
  ...outputs.flatMap((output) => field(12, output)),
];

export const model = (content: readonly number[]): Uint8Array =>
  Uint8Array.from([
    ...number(1, 8),
    ...field(7, content),
    ...field(8, [...field(1, ''), ...number(2, 17)]),
    ...field(8, [...field(1, 'ai.onnx.ml'), ...number(2, 3)]),
  ]);

/** A tensor whose values lie in another file. */
export const external = (name: string): number[] => [
  ...number(1, 4),
  ...number(2, FLOAT),
  ...field(8, name),
  ...field(13, [...field(1, 'location'), ...field(2, '/etc/passwd')]),
  ...number(14, 1),
];

/** The mean of the features as a "probability", after a loop that does not end. */
export function endlessLoop(features: number): Uint8Array {
  const body = graph({
    nodes: [
      operator('Identity', { inputs: ['go'], outputs: ['go_on'] }),
      operator('Abs', { inputs: ['x'], outputs: ['x_next'] }),
    ],
    inputs: [value('i', INT64, []), value('go', BOOL, []), value('x', FLOAT, ['batch', features])],
    outputs: [value('go_on', BOOL, []), value('x_next', FLOAT, ['batch', features])],
  });
  return model(
    graph({
      nodes: [
        operator('Loop', {
          inputs: ['times', 'yes', 'features'],
          outputs: ['looped'],
          attributes: [subgraph('body', body)],
        }),
        operator('ReduceMean', {
          inputs: ['looped'],
          outputs: ['probability'],
          attributes: [integers('axes', [1]), integer('keepdims', 0)],
        }),
      ],
      inputs: [value('features', FLOAT, ['batch', features])],
      outputs: [value('probability', FLOAT, ['batch'])],
      constants: [
        constant('times', INT64, [255, 255, 255, 255, 255, 255, 255, 127]),
        constant('yes', BOOL, [1]),
      ],
    }),
  );
}

/** The mean of the features as a "probability": the smallest baseline there is. `steps` makes it another one. */
export function meanOf(features: number, steps = 0, batch: number | string = 'batch'): Uint8Array {
  const chain = Array.from({ length: steps }, (_, i) =>
    operator('Identity', { inputs: [i === 0 ? 'features' : `x${i}`], outputs: [`x${i + 1}`] }),
  );
  return baseline(
    features,
    [...chain, meanOver(1, steps === 0 ? 'features' : `x${steps}`, 'probability')],
    batch,
  );
}

/** A baseline that gives each row something of its neighbors. */
export const mixedRows = (features: number): Uint8Array =>
  baseline(features, [
    meanOver(0, 'features', 'usual', 1),
    operator('Mul', { inputs: ['features', 'usual'], outputs: ['product'] }),
    meanOver(1, 'product', 'probability'),
  ]);

const meanOver = (axis: number, from: string, to: string, keepdims = 0): number[] =>
  operator('ReduceMean', {
    inputs: [from],
    outputs: [to],
    attributes: [integers('axes', [axis]), integer('keepdims', keepdims)],
  });

const baseline = (features: number, nodes: number[][], batch: number | string = 'batch'): Uint8Array =>
  model(
    graph({
      nodes,
      inputs: [value('features', FLOAT, [batch, features])],
      outputs: [value('probability', FLOAT, [batch])],
    }),
  );
