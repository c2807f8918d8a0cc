import assert from 'node:assert/strict';
import { codeOf, QUALITIES } from '../../../nodes/sensor-buffer/quality-codes.js';

describe('the quality that a source gives to a value', () => {
  const cases: readonly [given: unknown, kept: (typeof QUALITIES)[number]][] = [
    ['good', 'good'],
    [undefined, 'good'],
    ['bad.stuck', 'bad.stuck'],
    ['uncertain.spike', 'uncertain.spike'],
    ['bad.sensor-failure', 'bad.missing'],
    ['uncertain.not-accurate', 'uncertain.held'],
    ['fine', 'good'],
    [192, 'good'],
  ];
  for (const [given, kept] of cases)
    it(`is ${kept} where it says ${String(given)}`, () => {
      assert.equal(QUALITIES[codeOf(given)], kept);
    });
});
