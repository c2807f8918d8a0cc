import assert from 'node:assert/strict';
import { PredictionPairing, type Pair } from '../../../nodes/ensemble/pairing.js';
import { castMs, monoMs } from '../../../nodes/lib/clock.js';
import type { ModelKind, PipelineMessage, Prediction } from '../../../nodes/lib/messages.js';

const prediction = (kind: ModelKind, seconds: number, strand = 's1'): PipelineMessage<Prediction> => ({
  topic: strand,
  timestamp: castMs(seconds * 1000),
  cast: { strand, castId: 'c1', elapsed: seconds },
  payload: { probability: 0.5, kind, model: kind, version: '1', latencyMs: 0 },
  timings: { entry: monoMs(0), stages: {} },
});
const told = (pairs: readonly Pair[]): string[] =>
  pairs.map(
    ({ baseline, sequence }) =>
      `${(baseline ?? sequence)!.timestamp / 1000}:${baseline ? 'b' : '-'}${sequence ? 's' : '-'}`,
  );

/** Plays `b5 s5 b10` (model and second) and returns what went out, each as `second:models`. */
function play(story: string, pairing = new PredictionPairing(() => true)): string[] {
  return story
    .split(' ')
    .flatMap((word) =>
      told(pairing.accept(prediction(word[0] === 'b' ? 'baseline' : 'sequence', Number(word.slice(1))))),
    );
}

describe('PredictionPairing', () => {
  const rows: readonly [name: string, story: string, expected: string[]][] = [
    ['joins both models of an instant', 'b5 s5', ['5:bs']],
    ['does not mind which model comes first', 's5 b5 b10 s10', ['5:bs', '10:bs']],
    ['waits for the second model', 'b5', []],
    ['lets an instant go when the next one arrives', 'b5 b10 s10', ['5:b-', '10:bs']],
    ['ignores a prediction for an instant that has gone', 'b5 b10 s5 s10', ['5:b-', '10:bs']],
    ['stops waiting for a model that stays silent', 'b5 b10 b15 b20', ['5:b-', '10:b-', '15:b-', '20:b-']],
    [
      'waits again once the silent model is back',
      'b5 b10 b15 b20 s20 b25 s25',
      ['5:b-', '10:b-', '15:b-', '20:b-', '25:bs'],
    ],
    ['starts over when the cast is sought backwards', 'b50 s50 b10 s10', ['50:bs', '10:bs']],
  ];
  for (const [name, story, expected] of rows) it(name, () => assert.deepEqual(play(story), expected));

  it('does not wait for a model that is switched off', () => {
    assert.deepEqual(play('b5 b10', new PredictionPairing((kind) => kind === 'baseline')), ['5:b-', '10:b-']);
  });

  it('keeps strands apart', () => {
    const pairing = new PredictionPairing(() => true);
    assert.deepEqual(told(pairing.accept(prediction('baseline', 5, 's1'))), []);
    assert.deepEqual(told(pairing.accept(prediction('sequence', 5, 's2'))), []);
    assert.deepEqual(told(pairing.accept(prediction('sequence', 5, 's1'))), ['5:bs']);
  });
});
