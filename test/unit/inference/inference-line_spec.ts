import assert from 'node:assert/strict';
import fc from 'fast-check';
import { InferenceLine, type Outcome, type Runner } from '../../../nodes/lib/inference/inference-line.js';
import type { Answer, Answers } from '../../../nodes/lib/inference/predictor.js';
import type { StrandWatchError } from '../../../nodes/lib/errors.js';
import { FakeClock } from '../../support/fake-clock.js';

const DEADLINE_MS = 2000;
const BATCH = 4;

/** Instants called `odd...` can't be said anything of; those called `why...` need three further runs to be explained. */
class Run implements Answers<string> {
  private resolve!: (answers: Answers<string>) => void;
  private reject!: (reason: Error) => void;
  readonly promise = new Promise<Answers<string>>((resolve, reject) => {
    this.resolve = resolve;
    this.reject = reject;
  });
  hasEnded = false;

  constructor(
    readonly names: readonly string[],
    private readonly explain: (name: string) => Answer<string>['explaining'],
  ) {}

  at(index: number): Answer<string> {
    const name = this.names[index]!;
    if (name.startsWith('odd')) throw new Error('no such feature');
    return { explaining: name.startsWith('why') ? this.explain(name) : null, say: () => 'said' };
  }

  end(): void {
    this.hasEnded = true;
  }

  answer(): Promise<void> {
    this.resolve(this);
    return settled();
  }

  fail(): Promise<void> {
    this.reject(new Error('broken'));
    return settled();
  }
}

/** A line with runs that the test ends by hand, and a log of what was delivered. */
function lineUnderTest() {
  const clock = new FakeClock();
  const runs: Run[] = [];
  const told: string[] = [];
  /** Runs of explanations, in order, and those that were given up. */
  const steps: string[] = [];
  const dropped: string[] = [];
  const explain = (name: string): Answer<string>['explaining'] => {
    let left = 3;
    return {
      next: async () => {
        steps.push(name);
        return Promise.resolve(--left === 0);
      },
      drop: () => dropped.push(name),
    };
  };
  const runner: Runner<string, string> = {
    batch: BATCH,
    run(names) {
      const run = new Run(names, explain);
      runs.push(run);
      return run.promise;
    },
  };
  const tell = (name: string, outcome: Outcome<string> | null): void => {
    const word =
      outcome === null ? 'closed' : (outcome.said ?? (outcome.error as StrandWatchError).code ?? 'failed');
    told.push(`${name}:${word}`);
  };
  const line = new InferenceLine<string, string>(clock, DEADLINE_MS, runner, tell);
  const submit = (name: string, strand = 's1'): void => line.submit(strand, name);
  const sharing = () => runs.map(({ names }) => names.join(' '));
  /** Turns the event loop until the runs that start by themselves have ended. */
  const turn = async (): Promise<void> => {
    clock.advance(0);
    await settled();
  };
  return { clock, line, runs, told, steps, dropped, submit, sharing, turn };
}

/** Lets every promise that can be settled settle. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('InferenceLine', () => {
  it('delivers what the model said', async () => {
    const { submit, runs, told, clock } = lineUnderTest();
    submit('a');
    await runs[0]!.answer();
    assert.deepEqual(told, ['a:said']);
    assert.equal(clock.pending, 0, 'no timer is left');
  });

  it('runs an instant at once when nothing is under way', () => {
    const { submit, sharing } = lineUnderTest();
    submit('a');
    assert.deepEqual(sharing(), ['a']);
  });

  it('lets instants of several strands that wait together share a run, one turn of the event loop later', async () => {
    const { submit, runs, told, sharing, turn } = lineUnderTest();
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) submit(name, `s-${name}`);
    assert.deepEqual(sharing(), ['a']);
    await runs[0]!.answer();
    assert.deepEqual(sharing(), ['a'], 'the event loop comes first');
    await turn();
    assert.deepEqual(sharing(), ['a', 'b c d e']);
    await runs[1]!.answer();
    await turn();
    await runs[2]!.answer();
    assert.deepEqual(sharing(), ['a', 'b c d e', 'f']);
    assert.deepEqual(told, ['a:said', 'b:said', 'c:said', 'd:said', 'e:said', 'f:said']);
    assert.ok(runs.every(({ hasEnded }) => hasEnded));
  });

  it('starts several runs a turn when many wait, so that a source that floods is slowed down', async () => {
    const { submit, runs, sharing, turn } = lineUnderTest();
    for (let i = 0; i < 65; i++) submit(`${i}`);
    await runs[0]!.answer();
    await turn();
    assert.equal(sharing().length, 1 + 3);
  });

  it('keeps the order of a strand when a later run ends first', async () => {
    const { submit, runs, told, turn } = lineUnderTest();
    for (let i = 0; i < 65; i++) submit(`${i}`);
    await runs[0]!.answer();
    await turn();
    await runs[2]!.answer();
    assert.deepEqual(told, ['0:said']);
    await runs[1]!.answer();
    assert.deepEqual(
      told,
      Array.from({ length: 9 }, (_, i) => `${i}:said`),
    );
  });

  it('delivers a failed run as such, and what comes after it', async () => {
    const { submit, runs, told, turn } = lineUnderTest();
    for (const name of ['a', 'b']) submit(name);
    await runs[0]!.fail();
    await turn();
    await runs[1]!.answer();
    assert.deepEqual(told, ['a:failed', 'b:said']);
  });

  it('waits for an earlier run before it tells of a later one that failed', async () => {
    const { submit, runs, told, turn } = lineUnderTest();
    for (let i = 0; i < 65; i++) submit(`${i}`);
    await runs[0]!.answer();
    await turn();
    await runs[2]!.fail();
    assert.deepEqual(told, ['0:said']);
    await runs[1]!.answer();
    assert.deepEqual(told.slice(4), ['4:said', '5:failed', '6:failed', '7:failed', '8:failed']);
  });

  it('delivers an instant that could not be asked about as such, and its neighbors with their word', async () => {
    const { submit, runs, told, turn } = lineUnderTest();
    for (const name of ['a', 'b', 'odd', 'c']) submit(name);
    await runs[0]!.answer();
    await turn();
    await runs[1]!.answer();
    assert.deepEqual(told, ['a:said', 'b:said', 'odd:failed', 'c:said']);
  });

  it('answers without the model after the deadline, and drops the late result', async () => {
    const { clock, submit, runs, told } = lineUnderTest();
    submit('a');
    clock.advance(DEADLINE_MS - 1);
    assert.deepEqual(told, []);
    clock.advance(1);
    assert.deepEqual(told, ['a:MODEL_SLOW']);
    await runs[0]!.answer();
    assert.deepEqual(told, ['a:MODEL_SLOW']);
  });

  it('lets a run end that only waited for a busy event loop', async () => {
    const { clock, submit, runs, told } = lineUnderTest();
    const after = clock.after.bind(clock);
    clock.after = (delayMs, callback) => after(Math.max(delayMs, 1), callback);
    submit('a');
    clock.advance(DEADLINE_MS);
    assert.deepEqual(told, []);
    await runs[0]!.answer();
    clock.advance(1);
    assert.deepEqual(told, ['a:said']);
  });

  it('does not queue behind a model that hangs, and is back when the model is', async () => {
    const { clock, submit, runs, told, sharing } = lineUnderTest();
    submit('a');
    submit('b', 's2');
    clock.advance(DEADLINE_MS);
    submit('c', 's3');
    assert.deepEqual(told, ['a:MODEL_SLOW', 'b:MODEL_SLOW', 'c:MODEL_SLOW']);
    assert.deepEqual(sharing(), ['a']);
    await runs[0]!.answer();
    submit('d');
    await runs[1]!.answer();
    assert.deepEqual(told.at(-1), 'd:said');
  });

  it('does not count the time that an instant waits for its run', async () => {
    const { clock, submit, runs, told, turn } = lineUnderTest();
    for (const name of ['a', 'b']) submit(name);
    clock.advance(DEADLINE_MS - 1);
    await runs[0]!.answer();
    await turn();
    clock.advance(DEADLINE_MS - 1);
    await runs[1]!.answer();
    assert.deepEqual(told, ['a:said', 'b:said']);
  });

  it('lets instants wait while the model loads, without a deadline', async () => {
    const { clock, line, submit, runs, told, sharing } = lineUnderTest();
    line.hold();
    for (const name of ['a', 'b']) submit(name);
    clock.advance(10 * DEADLINE_MS);
    assert.deepEqual([told, sharing()], [[], []]);
    line.release();
    assert.deepEqual(sharing(), ['a b']);
    await runs[0]!.answer();
    assert.deepEqual(told, ['a:said', 'b:said']);
  });

  it('gives up the oldest instant when too many wait', () => {
    const { line, submit, told } = lineUnderTest();
    line.hold();
    for (let i = 0; i < 2050; i++) submit(`${i}`);
    assert.deepEqual(told, ['0:MODEL_SLOW', '1:MODEL_SLOW']);
  });

  it('ends what is under way once when it closes, and asks no model about what comes later', async () => {
    const { line, submit, runs, told, clock } = lineUnderTest();
    submit('a');
    submit('b', 's2');
    line.close();
    await runs[0]!.answer();
    submit('late');
    assert.deepEqual(told, ['a:closed', 'b:closed', 'late:closed']);
    assert.deepEqual([runs.length, clock.pending], [1, 0]);
  });

  describe('explanations', () => {
    it('come run by run, with the event loop between them, before the instant is delivered', async () => {
      const { submit, runs, told, steps, turn } = lineUnderTest();
      submit('why');
      await runs[0]!.answer();
      for (let step = 1; step <= 3; step++) {
        assert.deepEqual(told, []);
        await turn();
        assert.equal(steps.length, step);
      }
      assert.deepEqual(told, ['why:said']);
    });

    it('wait for the predictions of other strands', async () => {
      const { submit, runs, told, steps, turn } = lineUnderTest();
      submit('why');
      submit('a', 's2');
      await runs[0]!.answer();
      await turn();
      assert.deepEqual(steps, [], 'the prediction goes first');
      await runs[1]!.answer();
      assert.deepEqual(told, ['a:said']);
      for (let step = 1; step <= 3; step++) await turn();
      assert.deepEqual(told, ['a:said', 'why:said']);
    });

    it('hold up later instants of their own strand alone', async () => {
      const { submit, runs, told, turn } = lineUnderTest();
      submit('why');
      submit('b');
      submit('c', 's2');
      await runs[0]!.answer();
      await turn();
      await runs[1]!.answer();
      assert.deepEqual(told, ['c:said']);
      for (let step = 1; step <= 3; step++) await turn();
      assert.deepEqual(told, ['c:said', 'why:said', 'b:said']);
    });

    it('get turns even when predictions never cease to wait', async () => {
      const { submit, runs, told, steps, turn } = lineUnderTest();
      submit('why');
      for (let i = 0; i < 100; i++) submit(`${i}`, 's2');
      for (let run = 0; !told.includes('why:said'); run++) {
        assert.ok(run < 50, 'starved');
        for (const one of [...runs]) await one.answer();
        for (let i = 0; i < 8; i++) submit(`${run}.${i}`, 's2');
        await turn();
      }
      assert.equal(steps.length, 3);
    });

    it('are dropped when the line closes', async () => {
      const { line, submit, runs, told, dropped } = lineUnderTest();
      submit('why');
      await runs[0]!.answer();
      line.close();
      assert.deepEqual([told, dropped], [['why:closed'], ['why']]);
    });
  });

  it('gives every instant one outcome, in order per strand, however the runs end', async () => {
    const ends = fc.constantFrom<'answer' | 'fail'>('answer', 'fail');
    const names = fc.constantFrom('', 'why', 'odd');
    const story = fc.array(fc.tuple(fc.constantFrom('s1', 's2', 's3'), names, ends), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(story, async (instants) => {
        const { submit, runs, told, turn } = lineUnderTest();
        instants.forEach(([strand, name], i) => submit(`${name}/${strand}/${i}`, strand));
        for (let next = 0; told.length < instants.length; await turn())
          for (; next < runs.length; next++) await runs[next]![instants[next]![2]]();
        for (const strand of ['s1', 's2', 's3']) {
          const sent = instants.flatMap(([owner], i) => (owner === strand ? [i] : []));
          const heard = told.filter((entry) => entry.includes(`/${strand}/`));
          assert.deepEqual(
            heard.map((entry) => Number(entry.split(/[/:]/)[2])),
            sent,
          );
        }
      }),
      { numRuns: 50 },
    );
  });
});
