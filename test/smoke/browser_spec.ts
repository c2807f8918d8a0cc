import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import type { Browser } from 'playwright-core';
import { openBrowser, openPage } from '../support/browser.js';
import { Editor } from '../support/editor.js';
import { cleanUp, StrandWatchProcess } from '../support/strandwatch-process.js';

const { version } = createRequire(__filename)('node-red/package.json') as { version: string };
const PALETTE = [
  'cast-replay',
  'sensor-buffer',
  'feature-extract',
  'baseline-infer',
  'sequence-infer',
  'ensemble',
  'alert-manager',
  'perf-monitor',
];

/** The browser tests run on the newest Node-RED; this is what has to hold on each that is supported. */
describe(`in a browser, on Node-RED ${version}`, function () {
  this.timeout(120_000);
  cleanUp();
  let browser: Browser;
  let address: string;
  before(async () => {
    [browser, address] = await Promise.all([openBrowser(), new StrandWatchProcess().ready()]);
  });
  after(() => browser.close());

  it('the editor shows the palette, a form that knows the configuration, and nodes at work', async () => {
    const settings = (await (await fetch(`${address}/settings`)).json()) as { version: string };
    assert.equal(settings.version, version);
    const editor = await Editor.open(browser, address);
    assert.deepEqual(
      await editor.categories(PALETTE),
      PALETTE.map(() => 'StrandWatch'),
    );
    await editor.status('replay').filter({ hasText: 'playing' }).waitFor();
    await editor.editForm('alert-manager');
    await editor
      .row('deadband')
      .getByText(/^As configured: 0\.\d+$/)
      .waitFor();
    await editor.chooseType('deadband', 'own value');
    await editor.page.getByRole('textbox', { name: 'Deadband' }).fill('7');
    await editor.page.getByRole('textbox', { name: 'Deadband' }).press('End');
    await editor.row('deadband').getByText('Deadband: expected a number from 0 to 1').waitFor();
    await editor.close();
  });

  for (const path of ['/ui', '/dashboard/operator'])
    it(`${path} shows the strands and their risk`, async () => {
      const { page, errors, strangers } = await openPage(browser, address, path);
      await page.locator('sw-strands .card', { hasText: /\d+ %/ }).first().waitFor();
      assert.deepEqual(errors, []);
      assert.deepEqual(strangers, []);
      await page.close();
    });
});
