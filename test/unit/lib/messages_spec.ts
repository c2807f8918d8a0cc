import assert from 'node:assert/strict';
import { commandFrom, numberOrNaN, numberOrNull, pipelineMessage } from '../../../nodes/lib/messages.js';

describe('commandFrom', () => {
  it('finds no command in a message of the pipeline', () => {
    assert.equal(commandFrom({ topic: 's1', payload: { mold_level: 1 } }), null);
  });

  const rows: readonly [name: string, message: object, strand: string | null, args: object][] = [
    ['takes an object for its arguments', { topic: 's1', payload: { to: 60 } }, 's1', { to: 60 }],
    ['takes a bare value as `value`', { topic: '', payload: 0 }, null, { value: 0 }],
    ['takes a list as `value`', { payload: [1] }, null, { value: [1] }],
    ['has no arguments when the payload is empty', { payload: '' }, null, {}],
    ['has no strand when the topic is no text', { topic: 5 }, null, {}],
  ];
  for (const [name, message, strand, args] of rows)
    it(name, () =>
      assert.deepEqual(commandFrom({ command: 'seek', ...message }), { name: 'seek', strand, args }),
    );

  it('keeps what else the message carries, for the answer to find its way back', () =>
    assert.deepEqual(commandFrom({ command: 'status', _msgid: 'a', socketid: 'b' })?.envelope, {
      _msgid: 'a',
      socketid: 'b',
    }));

  for (const command of [5, '', null, {}, ['pause']])
    it(`refuses ${JSON.stringify(command)} for a command`, () =>
      assert.throws(() => commandFrom({ command }), { code: 'MESSAGE_INVALID', message: /^msg\.command: / }));
});

describe('pipelineMessage', () => {
  const good = { topic: 's1', timestamp: 1000, payload: { mold_level: 1 } };

  it('hands the same message back, not a copy', () => assert.equal(pipelineMessage(good), good));

  const refused: readonly [change: object, message: RegExp][] = [
    [{ topic: undefined }, /^msg\.topic: expected a strand id, got undefined/],
    [{ topic: '' }, /^msg\.topic: /],
    [{ topic: 5 }, /^msg\.topic: /],
    [{ timestamp: '2026-01-01' }, /^msg\.timestamp: expected ms since the epoch, got "2026-01-01"/],
    [{ timestamp: NaN }, /^msg\.timestamp: .*got NaN/],
    [{ timestamp: Infinity }, /^msg\.timestamp: .*got Infinity/],
    [{ payload: null }, /^msg\.payload: expected an object, got null/],
    [{ payload: [1] }, /^msg\.payload: /],
    [{ payload: 'x'.repeat(10_000_000) }, /^msg\.payload: .{0,160}$/],
  ];
  for (const [change, message] of refused)
    it(`refuses ${message.source.slice(1, 60)}`, () =>
      assert.throws(() => pipelineMessage({ ...good, ...change }), { code: 'MESSAGE_INVALID', message }));
});

describe('a missing value', () => {
  it('is NaN inside and null outside', () => {
    for (const missing of [null, undefined, '5', Infinity, NaN, {}])
      assert.ok(Number.isNaN(numberOrNaN(missing)));
    assert.equal(numberOrNaN(0), 0);
    assert.equal(numberOrNull(NaN), null);
    assert.equal(numberOrNull(0), 0);
  });
});
