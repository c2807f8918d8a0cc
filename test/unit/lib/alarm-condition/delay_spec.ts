import assert from 'node:assert/strict';
import { delayed, INACTIVE, type DelayState } from '../../../../nodes/lib/alarm-condition/delay.js';
import { castMs } from '../../../../nodes/lib/clock.js';

/** Plays `0+ 5+ 9-`: at second 0 and 5 true, at 9 false. Returns the phase after each look, by its first letter. */
function phases(story: string, onDelay: number, offDelay: number): string {
  let state: DelayState = INACTIVE;
  const seen = story.split(' ').map((word) => {
    const at = castMs(1000 * Number(word.slice(0, -1)));
    state = delayed(state, word.endsWith('+'), at, {
      onDelayMs: 1000 * onDelay,
      offDelayMs: 1000 * offDelay,
    });
    return state.phase[0];
  });
  return seen.join('');
}

describe('delayed', () => {
  const rows: readonly [name: string, story: string, onDelay: number, offDelay: number, expected: string][] =
    [
      ['acts at once without delays', '0- 5+ 10-', 0, 0, 'iai'],
      ['waits out the on-delay', '0+ 5+ 10+', 10, 0, 'ppa'],
      ['takes the first look at or after the end of the on-delay', '0+ 7+ 14+', 10, 0, 'ppa'],
      ['forgets a breach shorter than the on-delay', '0+ 5- 10+ 15+ 20+', 10, 0, 'pippa'],
      ['waits out the off-delay', '0+ 5- 10- 15-', 0, 10, 'aaai'],
      ['starts the off-delay anew after another breach', '0+ 5- 10+ 15- 20- 25-', 0, 10, 'aaaaai'],
      ['measures the on-delay in time, not in looks', '0+ 100+', 60, 0, 'pa'],
    ];
  for (const [name, story, onDelay, offDelay, expected] of rows)
    it(name, () => assert.equal(phases(story, onDelay, offDelay), expected));

  it('remembers when the breach began, not when the delay ended', () => {
    const delays = { onDelayMs: 10_000, offDelayMs: 0 };
    const pending = delayed(INACTIVE, true, castMs(5000), delays);
    assert.deepEqual(delayed(pending, true, castMs(15_000), delays), {
      phase: 'active',
      since: 5000,
      clearSince: null,
    });
  });
});
