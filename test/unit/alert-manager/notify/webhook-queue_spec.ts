import assert from 'node:assert/strict';
import fc from 'fast-check';
import { wallMs } from '../../../../nodes/lib/clock.js';
import { backoffMs, LONGEST_WAIT_MS } from '../../../../nodes/alert-manager/notify/backoff.js';
import {
  MAX_AGE_MS,
  MAX_WAITING,
  WebhookQueue,
  type Answer,
  type Post,
} from '../../../../nodes/alert-manager/notify/webhook-queue.js';
import { FakeClock } from '../../../support/fake-clock.js';

const accepted: Answer = { kind: 'accepted' };
const failed: Answer = { kind: 'failed', why: 'it answered 503', waitMs: null };

function started(answers: (attempt: number, post: Post) => Answer) {
  const clock = new FakeClock(1_772_000_000_000);
  const sent: string[] = [];
  const settled: string[] = [];
  const reports: (string | null)[] = [];
  const queue = new WebhookQueue({
    clock,
    chance: () => 1,
    send: (post) => {
      sent.push(post.id);
      return Promise.resolve(answers(sent.length, post));
    },
    settled: ({ id }, givenUp) => settled.push(givenUp === null ? id : `${id}: ${givenUp}`),
    report: (trouble) => reports.push(trouble),
  });
  const add = (id: string): void => queue.add({ id, channel: 'mes', body: '{}', queuedAt: clock.wall() });
  return { clock, sent, settled, reports, queue, add };
}
/** Lets promises run their course. */
const turns = async (): Promise<void> => {
  for (let i = 0; i < 10; i++) await Promise.resolve();
};

describe('the queue of a webhook', () => {
  it('sends in order, one at a time', async () => {
    const { add, sent, settled } = started(() => accepted);
    ['a', 'b', 'c'].forEach(add);
    assert.deepEqual(sent, ['a']);
    await turns();
    assert.deepEqual(settled, ['a', 'b', 'c']);
  });

  it('tries again with growing waits until it is accepted, and says so once each way', async () => {
    const { add, sent, settled, reports, clock } = started((attempt) => (attempt < 4 ? failed : accepted));
    add('a');
    for (const wait of [1000, 2000, 4000]) {
      await turns();
      const before = sent.length;
      clock.advance(wait - 1);
      assert.equal(sent.length, before);
      clock.advance(1);
      assert.equal(sent.length, before + 1);
    }
    await turns();
    assert.deepEqual(settled, ['a']);
    assert.deepEqual(reports, ['it answered 503', null]);
  });

  it('waits as long as the receiver asks for', async () => {
    const { add, sent, clock } = started((attempt) =>
      attempt === 1 ? { ...failed, waitMs: 30_000 } : accepted,
    );
    add('a');
    await turns();
    clock.advance(29_999);
    assert.equal(sent.length, 1);
    clock.advance(1);
    assert.equal(sent.length, 2);
  });

  it('gives up what is refused for good, and goes on with the next', async () => {
    const { add, settled } = started((_, { id }) =>
      id === 'a' ? { kind: 'refused', why: 'it answered 400' } : accepted,
    );
    ['a', 'b'].forEach(add);
    await turns();
    assert.deepEqual(settled, ['a: it answered 400', 'b']);
  });

  it('is bounded: the oldest gives way and is told', () => {
    const { add, settled, queue } = started(() => failed);
    for (let i = 0; i <= MAX_WAITING; i++) add(String(i));
    assert.equal(queue.posts.length, MAX_WAITING);
    assert.equal(settled.length, 1);
    assert.match(settled[0]!, /more than 1000 were waiting/);
  });

  it('gives up what nobody took for a day', async () => {
    const { queue, settled, clock } = started(() => accepted);
    queue.add({ id: 'old', channel: 'mes', body: '{}', queuedAt: wallMs(clock.wall() - MAX_AGE_MS - 1) });
    await turns();
    assert.match(settled[0]!, /old: nobody took it for a day/);
  });

  it('keeps what waits when it is closed', async () => {
    const { add, queue, settled, clock, sent } = started(() => failed);
    add('a');
    await turns();
    queue.close();
    clock.advance(LONGEST_WAIT_MS);
    assert.equal(sent.length, 1);
    assert.deepEqual(settled, []);
    assert.equal(queue.posts.length, 1);
  });

  it('delivers everything at least once, in order, whatever fails in between', async () => {
    const story = fc.array(fc.boolean(), { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(story, fc.integer({ min: 1, max: 10 }), async (failures, count) => {
        const { add, settled, clock } = started((attempt) =>
          (failures[attempt - 1] ?? false) ? failed : accepted,
        );
        const ids = [...new Array(count).keys()].map(String);
        ids.forEach(add);
        for (let i = 0; i < failures.length + count; i++) {
          await turns();
          clock.advance(LONGEST_WAIT_MS);
        }
        await turns();
        assert.deepEqual(settled, ids);
      }),
      { numRuns: 30 },
    );
  });
});

describe('the waits between attempts', () => {
  it('double up to five minutes, half of each by chance', () => {
    assert.deepEqual(
      [1, 2, 3, 9, 10, 1000].map((attempt) => backoffMs(attempt, 1)),
      [...[1000, 2000, 4000, 256_000, LONGEST_WAIT_MS, LONGEST_WAIT_MS]],
    );
    assert.equal(backoffMs(3, 0), 2000);
  });
});
