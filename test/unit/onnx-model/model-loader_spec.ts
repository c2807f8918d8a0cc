import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { ModelKind } from '../../../nodes/lib/messages.js';
import { modelFiles } from '../../../nodes/onnx-model/model-file.js';
import { loadModel, type ModelFiles } from '../../../nodes/onnx-model/model-loader.js';
import { backends, load } from '../../support/backends.js';
import { fixture } from '../../support/model-fixtures.js';

const text = (file: string): string => readFileSync(fixture(file), 'utf8');

/** The disk with one card written differently. */
const withCard = (card: string): ModelFiles => ({
  ...modelFiles,
  read: (file, maxBytes) =>
    file.endsWith('.yaml') ? Promise.resolve(Buffer.from(card)) : modelFiles.read(file, maxBytes),
});
const noBackend = (): Promise<never> => Promise.reject(new Error('not reached'));

for (const backend of backends) {
  describe(`loadModel on ${backend}`, () => {
    it('loads a card with its graph', async () => {
      const { card, session, ...loaded } = await load(
        'baseline',
        fixture('with-contributions.yaml'),
        backend,
      );
      assert.equal(card.name, 'fixture-with-contributions');
      assert.equal(loaded.backend, backend);
      await session.release();
    });

    const refusals: readonly [name: string, kind: ModelKind, card: string, code: string, message: RegExp][] =
      [
        [
          'a card that is not there',
          'baseline',
          'nowhere.yaml',
          'MODEL_MISSING',
          /nowhere\.yaml: no such file/,
        ],
        ['a folder in place of a card', 'baseline', '.', 'MODEL_MISSING', /can't be read/],
        [
          'a corrupt graph',
          'baseline',
          'corrupt.yaml',
          'MODEL_INVALID',
          /corrupt\.onnx: no graph that can be run/,
        ],
        [
          'a graph with another number of features',
          'baseline',
          'wrong-shape.yaml',
          'MODEL_INVALID',
          /wrong-shape\.onnx: input "features": the card says float32 \[batch, 4\], the graph has float32 \[batch, 5\]/,
        ],
        [
          'a graph without an output of the card',
          'baseline',
          'wrong-output.yaml',
          'MODEL_INVALID',
          /output "contributions" of the card is not in the graph, which has "probability"/,
        ],
        [
          'a model of the other kind',
          'sequence',
          'with-contributions.yaml',
          'MODEL_INVALID',
          /expected a sequence model/,
        ],
      ];
    for (const [name, kind, card, code, message] of refusals)
      it(`refuses ${name}`, () => assert.rejects(load(kind, fixture(card), backend), { code, message }));
  });
}

describe('loadModel', () => {
  const refusals: readonly [name: string, change: (card: string) => string, message: RegExp][] = [
    [
      'a graph that is not the one of the card',
      (card) => card.replace(/sha256: ..../, 'sha256: 0000'),
      /the card expects SHA-256 0000.*Put card and graph of the same training together/,
    ],
    [
      'a card with a wrong key, naming line and key',
      (card) => card.replace('output:', 'outputs:'),
      /card\.yaml.*output/,
    ],
    [
      'a card with a wrong value, naming line and key',
      (card) => card.replace('[mold_level.mean', '[7, mold_level.mean'),
      /card\.yaml:13 input\.names\[0\]/,
    ],
    [
      'a card whose graph tells mechanisms that it does not name',
      (card) => card.replace('probability: probability', 'probability: probability, mechanisms: mechanisms'),
      /card\.yaml:1 mechanisms: expected the names of the mechanisms/,
    ],
    [
      'a card with two quantiles for three',
      (card) => `${card}\nnormal: { low_c: { mold_level.mean.10s: [98, 102] } }\n`,
      /card\.yaml:\d+ normal\.low_c/,
    ],
    ...['/etc/passwd', '../model.onnx', 'a/../../model.onnx', 'C:\\\\model.onnx', '..'].map(
      (file): [string, (card: string) => string, RegExp] => [
        `a card whose graph lies elsewhere, at ${file}`,
        (card) => card.replace(/file: [\w.-]+/, `file: "${file}"`),
        /graph\.file: .*no absolute path/,
      ],
    ),
    ['a card that is no YAML', () => 'a: [', /card\.yaml:1/],
    ['an empty card', () => '', /card\.yaml/],
  ];
  for (const [name, change, message] of refusals) {
    it(`refuses ${name}`, async () => {
      const files = withCard(change(text('with-contributions.yaml')));
      await assert.rejects(loadModel('baseline', fixture('card.yaml'), files, noBackend), {
        code: 'MODEL_INVALID',
        message,
      });
    });
  }

  it('refuses a file larger than any model', async () => {
    await assert.rejects(modelFiles.read(fixture('with-contributions.onnx'), 100), {
      code: 'MODEL_INVALID',
      message: /expected at most 0\.0 MB/,
    });
  });
});
