import assert from 'node:assert/strict';
import { shownSetting, valueAt } from '../../../nodes/widgets/settings-list.js';

describe('a setting in the log of changes', () => {
  const rows: readonly [name: string, value: unknown, shown: string][] = [
    ['a number', 0.05, '0.05'],
    ['a switch', false, 'false'],
    ['a choice', 'voting', '"voting"'],
    ['several at once', { warning: 0.6, critical: 0.96 }, 'warning 0.6, critical 0.96'],
    ['a list', [1, 2], '[1,2]'],
    ['nothing', undefined, '–'],
  ];
  for (const [name, value, shown] of rows)
    it(`is told as ${shown} when it is ${name}`, () => assert.equal(shownSetting(value), shown));
});

describe('a setting of the configuration', () => {
  it('is found by its path, and undefined where there is none', () => {
    assert.equal(valueAt({ alerts: { deadband: 0.05 } }, 'alerts.deadband'), 0.05);
    assert.equal(valueAt({ alerts: 1 }, 'alerts.thresholds.warning'), undefined);
  });
});
