import assert from 'node:assert/strict';
import { didYouMean } from '../../../../nodes/lib/config/did-you-mean.js';

describe('didYouMean', () => {
  const known = ['deadband', 'on_delay', 'off_delay', 'thresholds'];
  const rows: readonly [word: string, meant: string | null][] = [
    ['deadbnd', 'deadband'],
    ['Deadband', 'deadband'],
    ['offdelay', 'off_delay'],
    ['treshold', 'thresholds'],
    ['hysteresis', null],
    ['', null],
  ];
  for (const [word, meant] of rows)
    it(`takes "${word}" for ${meant ?? 'nothing known'}`, () => assert.equal(didYouMean(word, known), meant));
});
