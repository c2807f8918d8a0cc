import assert from 'node:assert/strict';
import { defaults, parseConfig } from '../../../nodes/alert-manager/alert-manager.config.js';

describe('the form of alert-manager', () => {
  it('leaves the word to the file where a field is blank', () => {
    const { name, strandConfig, ...rest } = parseConfig(defaults);
    assert.deepEqual([name, strandConfig], ['', '']);
    assert.deepEqual(
      Object.values(rest).filter((value) => value !== undefined),
      [],
    );
  });
  it('reads texts as the form hands them over', () => {
    const parsed = parseConfig({
      warning: '0.4',
      onDelay: '10',
      channels: ' mail, sms ,',
      source: 'baseline',
    });
    assert.equal(parsed.warning, 0.4);
    assert.equal(parsed.onDelay, 10);
    assert.deepEqual(parsed.channels, ['mail', 'sms']);
    assert.equal(parsed.source, 'baseline');
  });
  it('takes 0 for a value, not for a blank', () => assert.equal(parseConfig({ deadband: '0' }).deadband, 0));

  const wrong: readonly [name: string, fields: Record<string, unknown>, told: RegExp][] = [
    ['a percentage', { warning: '50' }, /^Warning threshold: expected a number from 0 to 1, got "50"/],
    ['a word', { critical: 'high' }, /^Critical threshold/],
    ['a negative deadband', { deadband: -0.1 }, /^Deadband/],
    ['a delay in ms', { offDelay: 300_000 }, /^Off-delay: expected a number from 0 to 86400 s/],
    ['a negative delay', { onDelay: '-1' }, /^On-delay/],
    ['true for a delay', { escalateAfter: true }, /^Escalate after/],
    [
      'more channels than 16',
      { channels: 'mail,'.repeat(17) },
      /^Channels: expected at most 16 names, got 17/,
    ],
    ['an unknown source', { source: 'oracle' }, /^Source: expected one of ensemble, baseline, sequence/],
  ];
  for (const [name, fields, told] of wrong)
    it(`refuses ${name}`, () =>
      assert.throws(() => parseConfig(fields), { code: 'FIELD_INVALID', message: told }));
});
