import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import type { WatchedPage } from './browser.js';

/** The same pages twice: node-red-dashboard and its twin. */
export const DASHBOARDS = [
  {
    name: 'Dashboard 1',
    pages: { operator: '/ui/#!/0', engineer: '/ui/#!/1', demo: '/ui/#!/2', system: '/ui/#!/3' },
  },
  {
    name: 'Dashboard 2',
    pages: {
      operator: '/dashboard/operator',
      engineer: '/dashboard/engineer',
      demo: '/dashboard/demo',
      system: '/dashboard/system',
    },
  },
] as const;

/** Nothing on the console, and no request that left the machine. */
export const isClean = ({ errors, strangers }: WatchedPage): void => {
  assert.deepEqual(errors, []);
  assert.deepEqual(strangers, []);
};

export const alarmIn = (page: Page, ...texts: readonly string[]): Locator =>
  texts.reduce((found, hasText) => found.filter({ hasText }), page.locator('sw-alarm-panel .alarm')).first();
