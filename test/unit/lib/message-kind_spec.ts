import assert from 'node:assert/strict';
import { messageKind, type MessageKind } from '../../../nodes/lib/message-kind.js';

const envelope = { topic: 's1', timestamp: 1000, timings: { entry: 0, stages: {} } };

describe('messageKind', () => {
  const rows: readonly [name: string, message: object, kind: MessageKind][] = [
    ['a reading', { ...envelope, payload: { mold_level: 100 } }, 'reading'],
    ['a reading with a sensor called level', { ...envelope, payload: { level: 100, state: 2 } }, 'reading'],
    ['a prediction', { ...envelope, payload: { probability: 0.1, kind: 'baseline' } }, 'prediction'],
    [
      'a prediction that could not say',
      { ...envelope, payload: { probability: null, kind: 'sequence' } },
      'prediction',
    ],
    ['an ensemble prediction', { ...envelope, payload: { probability: 0.1, method: 'max' } }, 'ensemble'],
    ['an alarm', { ...envelope, payload: { id: 'a', state: 'UNACK', level: 'warning' } }, 'alarm'],
    ['the state of a replay', { topic: '', payload: { state: 'playing' } }, 'replay'],
    [
      'a feature vector',
      { ...envelope, timings: { entry: 0, stages: { 'feature-extract': 1 } }, payload: {} },
      'features',
    ],
    ['a sequence', { ...envelope, payload: { values: new Float32Array(2) } }, 'tensor'],
    ['what a catch node sends', { ...envelope, payload: {}, error: { message: 'no' } }, 'error'],
    ['an answer', { payload: {}, answer: { ok: true } }, 'other'],
    ['a number', { topic: 's1', timestamp: 1, payload: 5 }, 'other'],
    ['a list', { topic: 's1', timestamp: 1, payload: [] }, 'other'],
    ['nothing', {}, 'other'],
  ];
  for (const [name, message, kind] of rows)
    it(`takes ${name} for ${kind}`, () => assert.equal(messageKind(message), kind));
});
