import assert from 'node:assert/strict';
import { migrate, type Migration, type Settings } from '../../../nodes/lib/migrate.js';

/** Version 2 gave the delay its unit, version 3 split the limits. */
const steps: readonly Migration[] = [
  ({ delay, ...rest }) => ({ ...rest, delayMs: Number(delay) * 1000 }),
  ({ limit, ...rest }) => ({ ...rest, limits: { warning: limit, critical: limit } }),
];

describe('migrate', () => {
  const rows: readonly [name: string, before: Settings, after: Settings][] = [
    [
      'takes settings without a version for the first one',
      { delay: '5', limit: 0.5 },
      { delayMs: 5000, limits: { warning: 0.5, critical: 0.5 }, version: 3 },
    ],
    [
      'goes only through the steps that are missing',
      { version: 2, delay: 'kept', limit: 0.5 },
      { delay: 'kept', limits: { warning: 0.5, critical: 0.5 }, version: 3 },
    ],
    ['reads a version that the editor kept as text', { version: '3', a: 1 }, { version: '3', a: 1 }],
    ['leaves settings of the current version alone', { version: 3, a: 1 }, { version: 3, a: 1 }],
    ['leaves a version that is none to the checks that follow', { version: 'x' }, { version: 'x' }],
  ];
  for (const [name, before, after] of rows)
    it(name, () => assert.deepEqual(migrate(before, steps, 'node'), after));

  it('changes nothing in the settings that were handed in', () => {
    const before = Object.freeze({ delay: '5', limit: 0.5 });
    migrate(before, steps, 'node');
    assert.deepEqual(before, { delay: '5', limit: 0.5 });
  });

  it('refuses what a newer package wrote, and says to update', () => {
    assert.throws(() => migrate({ version: 4 }, steps, 'ensemble version'), {
      code: 'CONFIG_INVALID',
      message: /^ensemble version: expected 1\.\.3, got 4: a newer StrandWatch wrote it\. Update /,
    });
  });
});
