import assert from 'node:assert/strict';
import fc from 'fast-check';
import { PATIENCE_MS, PredictionPairing, type Pair } from '../../../nodes/ensemble/pairing.js';
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

/** Plays `b5 s5 b10` (model and second), where `...` lets the patience run out; returns what went out, each as `second:models`. */
function play(story: string, pairing = new PredictionPairing(() => true)): string[] {
  let now = 0;
  return story.split(' ').flatMap((word) => {
    if (word === '...') return told(pairing.expire(monoMs((now += PATIENCE_MS))));
    const kind = word[0] === 'b' ? 'baseline' : 'sequence';
    return told(pairing.accept(prediction(kind, Number(word.slice(1))), monoMs(now)));
  });
}

describe('PredictionPairing', () => {
  const rows: readonly [name: string, story: string, expected: string[]][] = [
    ['joins both models of an instant', 'b5 s5', ['5:bs']],
    ['does not mind which model comes first', 's5 b5 b10 s10', ['5:bs', '10:bs']],
    ['waits for the second model', 'b5', []],
    ['does not mind how far one model runs ahead', 'b5 b10 b15 s5 s10 s15', ['5:bs', '10:bs', '15:bs']],
    ['lets an instant go when the other model has gone past it', 'b5 s10 b10', ['5:b-', '10:bs']],
    ['ignores a prediction for an instant that has gone', 'b5 ... s5 b10 s10', ['5:b-', '10:bs']],
    ['gives a model up that stays silent too long', 'b5 b10 ... b15', ['5:b-', '10:b-', '15:b-']],
    ['waits again once the silent model is back', 'b5 ... s10 b10 b15 s15', ['5:b-', '10:bs', '15:bs']],
    ['starts over when the cast is sought backwards', 'b50 s50 b10 s10', ['50:bs', '10:bs']],
    [
      'keeps the passes of a cast apart when one model lags',
      'b50 b10 b15 s50 s10 s15',
      ['50:bs', '10:bs', '15:bs'],
    ],
    ['joins a model that loads late to the first pass', 'b5 b10 b5 s5 s10 s5', ['5:bs', '10:bs', '5:bs']],
  ];
  for (const [name, story, expected] of rows) it(name, () => assert.deepEqual(play(story), expected));

  it('gives the same pairs however the models interleave', () => {
    const instants = [5, 10, 15, 5, 10, 20];
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 24, maxLength: 24 }), (choices) => {
        const lines = { b: instants.map((at) => `b${at}`), s: instants.map((at) => `s${at}`) };
        const story = choices.flatMap((baselineFirst) => {
          const next = baselineFirst
            ? (lines.b.shift() ?? lines.s.shift())
            : (lines.s.shift() ?? lines.b.shift());
          return next === undefined ? [] : [next];
        });
        assert.deepEqual(
          play(story.join(' ')),
          instants.map((at) => `${at}:bs`),
        );
      }),
    );
  });

  it('does not wait for a model that is switched off', () => {
    assert.deepEqual(play('b5 b10', new PredictionPairing((kind) => kind === 'baseline')), ['5:b-', '10:b-']);
  });

  it('lets go what waits for a model as soon as that is switched off', () => {
    let enabled = true;
    const pairing = new PredictionPairing((kind) => kind === 'baseline' || enabled);
    assert.deepEqual(play('b5', pairing), []);
    enabled = false;
    assert.deepEqual(play('b10', pairing), ['5:b-', '10:b-']);
  });

  it('forgets the strand without news for longest when there are too many', () => {
    const pairing = new PredictionPairing(() => true, 2);
    const accept = (kind: ModelKind, strand: string) =>
      told(pairing.accept(prediction(kind, 5, strand), monoMs(0)));
    for (const strand of ['s1', 's2', 's1', 's3']) accept('baseline', strand);
    assert.deepEqual(accept('sequence', 's1'), ['5:bs']);
    assert.deepEqual(accept('sequence', 's2'), [], 's2 starts anew');
  });

  it('keeps strands apart', () => {
    const pairing = new PredictionPairing(() => true);
    const accept = (kind: ModelKind, strand: string) =>
      told(pairing.accept(prediction(kind, 5, strand), monoMs(0)));
    assert.deepEqual(accept('baseline', 's1'), []);
    assert.deepEqual(accept('sequence', 's2'), []);
    assert.deepEqual(accept('sequence', 's1'), ['5:bs']);
  });
});
