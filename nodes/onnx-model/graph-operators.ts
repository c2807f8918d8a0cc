import { asError, ModelError } from '../lib/errors.js';
import { isAllowed } from './allowed-operators.js';
import { fieldsOf } from './protobuf.js';

/** Field numbers of onnx.proto (ONNX 1.16). */
const MODEL = { graph: 7, functions: 25 } as const;
const GRAPH = { node: 1, initializer: 5 } as const;
const NODE = { operator: 4, attribute: 5, domain: 7 } as const;
const ATTRIBUTE = { tensor: 5, graph: 6, tensors: 10, graphs: 11 } as const;
const TENSOR = { location: 14 } as const;
const EXTERNAL = 1;
/** Graphs within graphs: deeper than any exporter nests them, and no stack overflows. */
const MAX_DEPTH = 16;

/**
 * Looks into a graph before any engine does: every operator must be one of the allow-list, graphs within graphs included,
 * and all weights must lie in the file itself.
 * @throws ModelError MODEL_INVALID naming the operator
 */
export function checkOperators(model: Uint8Array): void {
  const text = new TextDecoder();
  let graphs = 0;

  const checkTensor = (tensor: Uint8Array): void => {
    for (const { number, value } of fieldsOf(tensor))
      if (number === TENSOR.location && value === EXTERNAL)
        throw invalid('the graph keeps weights in another file. Export it with all weights inside.');
  };
  const checkGraph = (graph: Uint8Array, depth: number): void => {
    graphs++;
    if (depth > MAX_DEPTH) throw invalid(`graphs are nested more than ${MAX_DEPTH} deep.`);
    for (const { number, bytes } of fieldsOf(graph)) {
      if (number === GRAPH.node && bytes !== null) checkNode(bytes, depth);
      if (number === GRAPH.initializer && bytes !== null) checkTensor(bytes);
    }
  };
  const checkNode = (node: Uint8Array, depth: number): void => {
    let operator = '';
    let domain = '';
    for (const { number, bytes } of fieldsOf(node)) {
      if (bytes === null) continue;
      if (number === NODE.operator) operator = text.decode(bytes);
      if (number === NODE.domain) domain = text.decode(bytes);
      if (number === NODE.attribute) checkAttribute(bytes, depth);
    }
    if (!isAllowed(domain, operator)) {
      const name = domain === '' ? operator : `${domain}.${operator}`;
      throw invalid(
        `operator "${name.slice(0, 80)}" is not allowed. docs/nodes/onnx-model.md lists those that are.`,
      );
    }
  };
  const checkAttribute = (attribute: Uint8Array, depth: number): void => {
    for (const { number, bytes } of fieldsOf(attribute)) {
      if (bytes === null) continue;
      if (number === ATTRIBUTE.graph || number === ATTRIBUTE.graphs) checkGraph(bytes, depth + 1);
      if (number === ATTRIBUTE.tensor || number === ATTRIBUTE.tensors) checkTensor(bytes);
    }
  };

  try {
    for (const { number, bytes } of fieldsOf(model)) {
      if (number === MODEL.graph && bytes !== null) checkGraph(bytes, 1);
      if (number === MODEL.functions) throw invalid('the graph has functions of its own. Export it without.');
    }
  } catch (err) {
    if (err instanceof ModelError) throw err;
    throw new ModelError('MODEL_INVALID', `no graph that can be run: ${asError(err).message}`, {
      cause: err,
    });
  }
  if (graphs === 0) throw invalid('no graph that can be run: the file holds none.');
}

const invalid = (message: string): ModelError => new ModelError('MODEL_INVALID', message);
