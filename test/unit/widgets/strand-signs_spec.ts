import assert from 'node:assert/strict';
import type { StrandSummary } from '../../../nodes/lib/dashboard.js';
import type { Prediction } from '../../../nodes/lib/messages.js';
import type { FeedState } from '../../../nodes/widgets/feed-state.js';
import { signsOf, silentModels, type SilentModel } from '../../../nodes/widgets/strand-signs.js';

const SOUND: StrandSummary = {
  ...{
    strand: '1',
    castId: 'c',
    heat: null,
    grade: null,
    mold: null,
    elapsed: 1,
    positionM: 1,
    timestamp: 0,
  },
  ...{ silentMs: 0, risk: 0.1, degraded: false, fallback: false, confidence: 1, warmUp: null, process: [] },
  ...{ sensors: { bad: 0, uncertain: 0 }, reason: null },
};
const BROKEN: readonly SilentModel[] = [{ model: 'sequence', reason: 'its graph is missing' }];

describe('the signs of a strand', () => {
  const rows: readonly [
    name: string,
    change: Partial<StrandSummary>,
    silent: readonly SilentModel[],
    signs: string[],
  ][] = [
    ['says nothing when all is well', {}, [], []],
    [
      'tell how much of the past is known',
      { warmUp: { seconds: 240, of: 600 } },
      [],
      ['plain ◔ warming up, 240 of 600 s known'],
    ],
    ['name the model that is silent', { degraded: true }, BROKEN, ['fault ✕ sequence model silent']],
    ['say that the rules alone judge', { degraded: true, fallback: true }, BROKEN, ['fault ✕ rules only']],
    ['say that nobody judges', { risk: null }, BROKEN, ['fault ✕ no model speaks']],
    ['tell what is old', { silentMs: 61_000 }, [], ['fault ○ nothing heard for 1 min']],
    [
      'count sensors that are not good, in shapes of their own',
      { sensors: { bad: 1, uncertain: 2 } },
      [],
      ['quality ✕ 1 sensor bad', 'quality ? 2 sensors uncertain'],
    ],
    [
      'tell what the caster is doing',
      { process: [{ state: 'ladle-change', text: 'A ladle is changed' }] },
      [],
      ['plain ladle change'],
    ],
  ];
  for (const [name, change, silent, expected] of rows)
    it(name, () =>
      assert.deepEqual(
        signsOf({ ...SOUND, ...change }, silent).map(({ kind, text }) => `${kind} ${text}`),
        expected,
      ),
    );
});

describe('a silent model', () => {
  const said = (probability: number | null, reason?: string) =>
    ({ kind: 'baseline', probability, model: 'm', version: '1', latencyMs: 0, reason }) as Prediction;
  const state = (baseline: Prediction | null, sequence: Prediction | null, isOn = true) =>
    ({
      latest: { baseline, sequence },
      settings: { models: { baseline: { enabled: true }, sequence: { enabled: isOn } } },
    }) as unknown as FeedState;

  it('gives its reason', () =>
    assert.deepEqual(silentModels(state(said(0.2), said(null, 'too slow'))), [
      { model: 'sequence', reason: 'too slow' },
    ]));

  it('is one that gives no answer at all, too', () =>
    assert.deepEqual(silentModels(state(null, said(0.2))), [
      { model: 'baseline', reason: 'it gives no answer' },
    ]));

  it('is none that was switched off', () =>
    assert.deepEqual(silentModels(state(said(0.2), null, false)), []));

  it('is none before the first prediction', () =>
    assert.deepEqual(silentModels({ latest: null, settings: null }), []));
});
