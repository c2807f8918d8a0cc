import assert from 'node:assert/strict';
import fc from 'fast-check';
import { InferenceLine, type Outcome } from '../../../nodes/lib/inference/inference-line.js';
import type { StrandWatchError } from '../../../nodes/lib/errors.js';
import { FakeClock } from '../../support/fake-clock.js';

const DEADLINE_MS = 2000;
const NEXT_TURN_MS = 1;

/** A line with runs that the test ends by hand, and a log of what was delivered. */
function lineUnderTest() {
  const clock = new FakeClock();
  const line = new InferenceLine<string>(clock, DEADLINE_MS);
  const told: string[] = [];
  const started: string[] = [];
  const tell = (name: string, outcome: Outcome<string> | null): void => {
    const word =
      outcome === null ? 'closed' : (outcome.said ?? (outcome.error as StrandWatchError).code ?? 'failed');
    told.push(`${name}:${word}`);
  };
  const submit = (name: string, strand = 's1') => {
    const run = new Run();
    const start = (): Promise<string> => {
      started.push(name);
      return run.promise;
    };
    line.submit(strand, start, (outcome) => tell(name, outcome));
    return run;
  };
  return { clock, line, told, started, submit, tell };
}

/** A run that the test ends by hand. */
class Run {
  private resolve!: (said: string) => void;
  private reject!: (reason: Error) => void;
  readonly promise = new Promise<string>((resolve, reject) => {
    this.resolve = resolve;
    this.reject = reject;
  });

  answer(): Promise<void> {
    this.resolve('said');
    return settled();
  }

  fail(): Promise<void> {
    this.reject(new Error('broken'));
    return settled();
  }
}

/** Lets every promise that can be settled settle. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('InferenceLine', () => {
  it('delivers what the model said', async () => {
    const { submit, told, clock } = lineUnderTest();
    await submit('a').answer();
    assert.deepEqual(told, ['a:said']);
    assert.equal(clock.pending, 0, 'no timer is left');
  });

  it('keeps the order of a strand when a later run ends first', async () => {
    const { submit, told } = lineUnderTest();
    const [a, b] = [submit('a'), submit('b')];
    await b.answer();
    assert.deepEqual(told, []);
    await a.answer();
    assert.deepEqual(told, ['a:said', 'b:said']);
  });

  it('lets strands overtake each other', async () => {
    const { submit, told } = lineUnderTest();
    submit('a', 's1');
    await submit('b', 's2').answer();
    assert.deepEqual(told, ['b:said']);
  });

  it('delivers a failed run as such, and what comes after it', async () => {
    const { submit, told } = lineUnderTest();
    const [a, b] = [submit('a'), submit('b')];
    await a.fail();
    await b.answer();
    assert.deepEqual(told, ['a:failed', 'b:said']);
  });

  it('delivers at once what fails before it runs', () => {
    const { line, told, tell } = lineUnderTest();
    const refuse = (): Promise<string> => {
      throw new Error('no such feature');
    };
    line.submit('s1', refuse, (outcome) => tell('a', outcome));
    assert.deepEqual(told, ['a:failed']);
  });

  it('answers without the model after the deadline, and drops the late result', async () => {
    const { clock, submit, told } = lineUnderTest();
    const a = submit('a');
    clock.advance(DEADLINE_MS - 1);
    assert.deepEqual(told, []);
    clock.advance(1);
    assert.deepEqual(told, ['a:MODEL_SLOW']);
    await a.answer();
    assert.deepEqual(told, ['a:MODEL_SLOW']);
  });

  it('lets a run end that only waited for a busy event loop', async () => {
    const { clock, submit, told } = lineUnderTest();
    const after = clock.after.bind(clock);
    clock.after = (delayMs, callback) => after(Math.max(delayMs, NEXT_TURN_MS), callback);
    const a = submit('a');
    clock.advance(DEADLINE_MS);
    assert.deepEqual(told, []);
    await a.answer();
    clock.advance(NEXT_TURN_MS);
    assert.deepEqual(told, ['a:said']);
  });

  it('does not queue behind a model that hangs, and is back when the model is', async () => {
    const { clock, submit, told, started } = lineUnderTest();
    const a = submit('a');
    clock.advance(DEADLINE_MS);
    submit('b');
    assert.deepEqual(told, ['a:MODEL_SLOW', 'b:MODEL_SLOW']);
    assert.deepEqual(started, ['a']);
    await a.answer();
    await submit('c').answer();
    assert.deepEqual(told.at(-1), 'c:said');
  });

  it('lets instants wait while the model loads, without a deadline', async () => {
    const { clock, line, submit, told, started } = lineUnderTest();
    line.hold();
    const [a, b] = [submit('a'), submit('b')];
    clock.advance(10 * DEADLINE_MS);
    assert.deepEqual([told, started], [[], []]);
    line.release();
    assert.deepEqual(started, ['a', 'b']);
    await a.answer();
    await b.answer();
    assert.deepEqual(told, ['a:said', 'b:said']);
  });

  it('gives up the oldest instant when too many wait', () => {
    const { line, submit, told } = lineUnderTest();
    line.hold();
    for (let i = 0; i < 2050; i++) submit(`${i}`);
    assert.deepEqual(told, ['0:MODEL_SLOW', '1:MODEL_SLOW']);
  });

  it('ends what is under way once when it closes', async () => {
    const { line, submit, told, clock } = lineUnderTest();
    const [a, b] = [submit('a'), submit('b', 's2')];
    line.close();
    assert.deepEqual(told, ['a:closed', 'b:closed']);
    await a.answer();
    await b.fail();
    assert.deepEqual(told, ['a:closed', 'b:closed']);
    assert.equal(clock.pending, 0);
  });

  it('gives every instant one outcome, in order per strand, however the runs end', async () => {
    const ends = fc.constantFrom<'answer' | 'fail'>('answer', 'fail');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom('s1', 's2', 's3'), ends, fc.nat()), { maxLength: 20 }),
        async (story) => {
          const { submit, told } = lineUnderTest();
          const runs = story.map(([strand, end, when], i) => ({
            run: submit(`${strand}/${i}`, strand),
            end,
            when,
          }));
          for (const { run, end } of runs.toSorted((one, other) => one.when - other.when)) await run[end]();
          const names = told.map((entry) => entry.split(':')[0]!);
          for (const strand of ['s1', 's2', 's3']) {
            const sent = story.flatMap(([owner], i) => (owner === strand ? [`${strand}/${i}`] : []));
            assert.deepEqual(
              names.filter((name) => name.startsWith(strand)),
              sent,
            );
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});
