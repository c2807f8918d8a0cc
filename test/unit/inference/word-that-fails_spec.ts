import assert from 'node:assert/strict';
import { InferenceLine, type Runner } from '../../../nodes/lib/inference/inference-line.js';
import { FakeClock } from '../../support/fake-clock.js';

describe('InferenceLine, with an answer that can not be put into words', () => {
  it('tells the reason, goes on with the strand, and lets go of the model', async () => {
    let ended = 0;
    const say = (name: string): string => {
      if (name === 'mute') throw new Error('no words');
      return `said ${name}`;
    };
    const runner: Runner<string, string> = {
      batch: 4,
      run: (names) =>
        Promise.resolve({
          at: (index) => ({ explaining: null, say: () => say(names[index]!) }),
          end: () => void ended++,
        }),
    };
    const told: string[] = [];
    const clock = new FakeClock();
    const line = new InferenceLine(clock, 2000, runner, (_, outcome) => {
      told.push(outcome?.said ?? outcome?.error?.message ?? 'closed');
    });
    for (const name of ['mute', 'b']) {
      line.submit('1', name);
      await new Promise((resume) => setImmediate(resume));
      clock.turn();
    }
    assert.deepEqual([told, ended], [['no words', 'said b'], 2]);
  });
});
