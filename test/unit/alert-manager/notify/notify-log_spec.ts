import assert from 'node:assert/strict';
import { wallMs } from '../../../../nodes/lib/clock.js';
import { encodeNotify, readNotifyLog } from '../../../../nodes/alert-manager/notify/notify-log.js';
import type { ToldEntry } from '../../../../nodes/alert-manager/notify/notifier.js';
import type { Post } from '../../../../nodes/alert-manager/notify/webhook-queue.js';

const told = (firing: readonly string[]): ToldEntry => ({
  ...{ channel: 'mail', group: '["1"]' },
  log: {
    ...{ firing: new Set(firing), resolved: new Set<string>() },
    ...{ at: wallMs(5), labels: { strand: '1' }, sequence: 2 },
  },
});
const post = (id: string): Post => ({ id, channel: 'mes', body: '{}', queuedAt: wallMs(1) });
const line = (change: Partial<Parameters<typeof encodeNotify>[0]>): string =>
  encodeNotify({ told: [], queued: [], settled: [], isSnapshot: false, ...change });

describe('what is kept of notifications', () => {
  it('is what was told last, and what is not settled yet', () => {
    const text =
      line({ told: [told(['A'])], queued: [post('1'), post('2')] }) +
      line({ told: [told(['A', 'B'])], settled: ['1'] });
    const content = readNotifyLog(Buffer.from(text));
    assert.deepEqual(content.told, [told(['A', 'B'])]);
    assert.deepEqual(content.queue, [post('2')]);
    assert.equal(content.goodBytes, text.length);
  });

  it('begins anew with a snapshot', () => {
    const text =
      line({ told: [told(['A'])], queued: [post('1')] }) + line({ queued: [post('3')], isSnapshot: true });
    assert.deepEqual(readNotifyLog(Buffer.from(text)), {
      told: [],
      queue: [post('3')],
      goodBytes: text.length,
    });
  });

  it('survives a cut at every byte of its last line', () => {
    const first = line({ queued: [post('1')] });
    const text = first + line({ queued: [post('2')] });
    for (let end = first.length; end < text.length; end++) {
      const { queue, goodBytes } = readNotifyLog(Buffer.from(text.slice(0, end)));
      assert.deepEqual(queue, [post('1')]);
      assert.equal(goodBytes, first.length);
    }
  });
});
