import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { openBrowser, openPage, screenshot } from '../support/browser.js';
import { cleanUp, ROOT, StrandWatchProcess } from '../support/strandwatch-process.js';

const TYPES = Object.keys(
  (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { 'node-red': { nodes: object } })[
    'node-red'
  ].nodes,
);
const CONFIG_TYPES = ['strand-config', 'onnx-model'];

/** The editor's own object, as far as it is used in the browser. */
interface EditorWindow {
  readonly RED: {
    readonly nodes: {
      getType(type: string): { readonly category: string } | undefined;
      filterNodes(filter: { type: string }): readonly object[];
      eachConfig(visit: (node: { readonly type: string }) => void): void;
    };
    readonly editor: { edit(node: object): void };
  };
}

describe('editor', function () {
  this.timeout(180_000);
  cleanUp();
  let browser: Browser;
  before(async () => {
    browser = await openBrowser();
  });
  after(() => browser.close());

  it('shows all node types, and the form of each with every label in words', async () => {
    const system = new StrandWatchProcess();
    const { page, errors, strangers } = await openPage(browser, await system.ready(), '/');
    await page.locator('#red-ui-palette-StrandWatch').waitFor();
    const categories = await page.evaluate(
      (types) =>
        types.map(
          (type) => (globalThis as unknown as EditorWindow).RED.nodes.getType(type)?.category ?? 'missing',
        ),
      TYPES,
    );
    assert.deepEqual(
      categories,
      TYPES.map((type) => (CONFIG_TYPES.includes(type) ? 'config' : 'StrandWatch')),
    );
    await screenshot(page, 'editor');

    for (const type of TYPES.filter((one) => !CONFIG_TYPES.includes(one))) {
      await page.evaluate((one) => {
        const { RED } = globalThis as unknown as EditorWindow;
        RED.editor.edit(RED.nodes.filterNodes({ type: one })[0]!);
      }, type);
      const form = page.locator('#dialog-form');
      await form.waitFor();
      await page.locator('.red-ui-tray').last().waitFor();
      const words = (await form.innerText()).trim();
      assert.notEqual(words, '', `${type}: the form is empty`);
      assert.doesNotMatch(
        words,
        new RegExp(`${type}\\.(label|placeholder|option)`),
        `${type}: a label without words`,
      );
      await screenshot(page, `form-${type}`);
      await page.locator('#node-dialog-cancel').click();
      await form.waitFor({ state: 'detached' });
    }
    assert.deepEqual(errors, []);
    assert.deepEqual(strangers, []);
    await page.close();
    assert.equal(await system.stop(), 0);
  });
});
