import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { checkOperators } from '../../../nodes/onnx-model/graph-operators.js';
import { shipped } from '../../../nodes/lib/package-paths.js';
import { fixture } from '../../support/model-fixtures.js';
import { endlessLoop, external, graph, meanOf, model, operator, subgraph } from '../../support/onnx-bytes.js';

const one = (type: string, domain = ''): Uint8Array =>
  model(graph({ nodes: [operator(type, { inputs: ['x'], outputs: ['y'], domain })] }));
const within = (inner: readonly number[]): number[] =>
  graph({
    nodes: [operator('If', { inputs: ['c'], outputs: ['y'], attributes: [subgraph('then_branch', inner)] })],
  });

describe('The operators of a graph', () => {
  const allowed: readonly [name: string, bytes: Uint8Array][] = [
    ['of the shipped baseline', readFileSync(shipped.model('baseline').replace('.yaml', '.onnx'))],
    ['of the shipped sequence model', readFileSync(shipped.model('sequence').replace('.yaml', '.onnx'))],
    ['of a fixture', readFileSync(fixture('with-attention.onnx'))],
    ['of trees', one('TreeEnsembleRegressor', 'ai.onnx.ml')],
    ['of arithmetic', meanOf(4)],
  ];
  for (const [name, bytes] of allowed)
    it(`are let through ${name}`, () => assert.doesNotThrow(() => checkOperators(bytes)));

  const refused: readonly [name: string, bytes: Uint8Array, message: RegExp][] = [
    ['a loop', endlessLoop(4), /operator "Loop" is not allowed/],
    ['random numbers', one('RandomNormal'), /operator "RandomNormal"/],
    ['an operator of another domain', one('Gelu', 'com.microsoft'), /operator "com\.microsoft\.Gelu"/],
    ['an operator of trees in the wrong domain', one('TreeEnsembleRegressor'), /TreeEnsembleRegressor/],
    ['one within a graph within a graph', model(within(within(graph({ nodes: [operator('Scan', { inputs: [], outputs: [] })] })))), /"Scan"/], // prettier-ignore
    ['graphs nested without end', model(Array.from({ length: 40 }).reduce<number[]>(within, graph({ nodes: [] }))), /more than 16 deep/], // prettier-ignore
    [
      'weights in another file',
      model(graph({ nodes: [], constants: [external('w')] })),
      /weights in another file/,
    ],
    ['text in place of a graph', Buffer.from('this is no graph at all'), /no graph that can be run/],
    ['an empty file', new Uint8Array(0), /the file holds none/],
  ];
  for (const [name, bytes, message] of refused)
    it(`are refused: ${name}`, () =>
      assert.throws(() => checkOperators(bytes), { code: 'MODEL_INVALID', message }));

  it('of any bytes at all are let through or refused, and nothing else happens', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        try {
          checkOperators(bytes);
        } catch (err) {
          assert.equal((err as { code?: string }).code, 'MODEL_INVALID');
        }
      }),
    );
  });
});
