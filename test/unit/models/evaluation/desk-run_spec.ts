import assert from 'node:assert/strict';
import { alarmCounts, deskOutcome } from '../../../../models/evaluation/desk-figures.js';
import { alarmedSources, DeskRun } from '../../../../models/evaluation/desk-run.js';
import { fixedConfig } from '../../../../models/evaluation/fixed-config.js';
import type { CastTruth } from '../../../../models/evaluation/truth.js';
import { castMs } from '../../../../nodes/lib/clock.js';
import type { EnsemblePrediction, PipelineMessage } from '../../../../nodes/lib/messages.js';
import type { ProcessState } from '../../../../nodes/lib/process-state.js';
import { FakeClock } from '../../../support/fake-clock.js';

const config = (alerts: object) =>
  fixedConfig({
    sensors: [{ name: 'mold_level', unit: 'mm', range: [0, 200] }],
    alerts: { thresholds: { warning: 0.5, critical: 0.9 }, off_delay: 0, ...alerts },
  });

function message(second: number, risk: number, states: readonly ProcessState[]) {
  const at = castMs(1_772_434_800_000 + 1000 * second);
  return {
    topic: '1',
    timestamp: at,
    cast: { strand: '1', castId: 'c', elapsed: second },
    payload: {
      probability: risk,
      baseline: null,
      sequence: null,
      rules: null,
    } as unknown as EnsemblePrediction,
    process: { states: states.map((state) => ({ state, since: at, text: state })) },
    timings: { entry: new FakeClock().mono(), stages: {} },
  } satisfies PipelineMessage<EnsemblePrediction>;
}

type Step = readonly [second: number, risk: number, state?: ProcessState];

function alarmsOf(alerts: object, steps: readonly Step[]) {
  const desk = new DeskRun(config(alerts));
  for (const [second, risk, state] of steps)
    desk.take(message(second, risk, state === undefined ? [] : [state]));
  return desk.alarms();
}

const spans = (alerts: object, steps: readonly Step[]) =>
  alarmsOf(alerts, steps).map(({ from, to, suppressed }) => [
    from,
    to,
    ...(suppressed ? ['suppressed'] : []),
  ]);

describe('alarms of a cast', () => {
  const suppress = { suppress: ['ladle-change'] };
  const cases: readonly [name: string, alerts: object, steps: readonly Step[], expected: unknown[][]][] = [
    [
      'last from the crossing to the return',
      {},
      [
        [5, 0.6],
        [10, 0.7],
        [15, 0.2],
      ],
      [[5, 15]],
    ],
    [
      'are still on when the cast ends',
      {},
      [
        [5, 0.6],
        [10, 0.7],
      ],
      [[5, null]],
    ],
    [
      'come again with the risk',
      {},
      [
        [5, 0.6],
        [10, 0.2],
        [15, 0.95],
      ],
      [
        [5, 10],
        [15, null],
      ],
    ],
    [
      'wait for the on-delay',
      { on_delay: 10 },
      [
        [5, 0.6],
        [10, 0.6],
        [15, 0.6],
        [20, 0.1],
      ],
      [[15, 20]],
    ],
    [
      'are one through a rise to critical',
      {},
      [
        [5, 0.6],
        [10, 0.95],
        [15, 0.1],
      ],
      [[5, 15]],
    ],
    [
      'are told apart when the process suppresses them',
      suppress,
      [
        [5, 0.6, 'ladle-change'],
        [10, 0.1, 'ladle-change'],
      ],
      [[5, 10, 'suppressed']],
    ],
    [
      'reach the operator once the reason for suppression is over',
      suppress,
      [
        [5, 0.6, 'ladle-change'],
        [10, 0.6],
        [15, 0.1],
      ],
      [
        [5, 10, 'suppressed'],
        [10, 15],
      ],
    ],
  ];
  for (const [name, alerts, steps, expected] of cases)
    it(name, () => assert.deepEqual(spans(alerts, steps), expected));

  it('are those about the product: sensors and health raise others', () => {
    const rules = [
      { name: 'risk' },
      { name: 'network', source: 'sequence' },
      { name: 'sensors', source: 'sensor-quality' },
    ];
    assert.deepEqual(alarmedSources(config({ rules })), ['ensemble', 'sequence']);
  });
});

describe('alarms against the truth', () => {
  const truth: CastTruth = {
    ...{ id: 'c', mold: null, ignored: new Uint8Array(3600).fill(1, 0, 600), defect: new Uint8Array(3600) },
    ...{
      events: [{ type: 'long_crack', onset: 1000, complete: 1060, end: 1100 }],
      faults: [],
      lookAlikes: null,
    },
  };
  const alarm = (from: number, to: number | null, suppressed = false) =>
    ({ rule: 'r', source: 'ensemble', from, to, suppressed }) as const;
  const all = [alarm(100, 200), alarm(1020, 1100), alarm(2000, 2010), alarm(3000, null, true)];

  it('count neither where seconds are ignored nor where they were suppressed', () => {
    const { falseAlarms, leads } = deskOutcome(truth, all);
    assert.deepEqual([falseAlarms, ...leads], [1, 40]);
  });

  it('are counted as the operator sees them', () => {
    assert.deepEqual(alarmCounts([truth], [all]), { raised: 3, perStrandHour: 3, suppressed: 1, hours: 1 });
  });
});
