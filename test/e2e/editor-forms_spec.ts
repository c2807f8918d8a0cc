import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openPage, screenshot } from '../support/browser.js';
import { cleanUp, ROOT, StrandWatchProcess } from '../support/strandwatch-process.js';

interface FlowNode {
  readonly id: string;
  readonly type: string;
  readonly [field: string]: unknown;
}

/** The editor's own object, as far as it is used in the browser. */
interface EditorWindow {
  readonly RED: {
    readonly nodes: {
      filterNodes(filter: { type: string }): FlowNode[];
      eachConfig(visit: (node: FlowNode) => boolean): void;
    };
    readonly editor: { edit(node: object): void; editConfig(name: string, type: string, id: string): void };
    readonly actions: { invoke(action: string): void };
  };
  readonly monaco: {
    readonly editor: {
      getModels(): { setValue(text: string): void; getLanguageId(): string }[];
      getModelMarkers(filter: { owner: string }): { startLineNumber: number; message: string }[];
    };
  };
}

const editForm = (page: Page, type: string): Promise<void> =>
  page.evaluate((wanted) => {
    const { RED } = globalThis as unknown as EditorWindow;
    RED.editor.edit(RED.nodes.filterNodes({ type: wanted })[0]!);
  }, type);

const editConfigForm = (page: Page, type: string): Promise<void> =>
  page.evaluate((wanted) => {
    const { RED } = globalThis as unknown as EditorWindow;
    const found: FlowNode[] = [];
    RED.nodes.eachConfig((node) => {
      if (node.type === wanted) found.push(node);
      return true;
    });
    RED.editor.editConfig('', wanted, found[0]!.id);
  }, type);

/** Drags the type from the palette onto the canvas. @returns the new node */
async function dragFromPalette(page: Page, type: string): Promise<FlowNode> {
  const before = await idsOf(page, type);
  const item = page.locator(`.red-ui-palette-node[data-palette-type="${type}"]`);
  await item.scrollIntoViewIfNeeded();
  const from = (await item.boundingBox())!;
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(900, 700, { steps: 8 });
  await page.mouse.move(920, 720, { steps: 3 });
  await page.mouse.up();
  return page.evaluate(
    ([wanted, known]) => {
      const { RED } = globalThis as unknown as EditorWindow;
      const { id, strandConfig, model } = RED.nodes
        .filterNodes({ type: wanted })
        .find((node) => !known.includes(node.id))!;
      return { id, type: wanted, strandConfig, model };
    },
    [type, before] as const,
  );
}

const idsOf = (page: Page, type: string): Promise<string[]> =>
  page.evaluate(
    (wanted) =>
      (globalThis as unknown as EditorWindow).RED.nodes.filterNodes({ type: wanted }).map(({ id }) => id),
    type,
  );

describe('the forms of the editor', function () {
  this.timeout(240_000);
  cleanUp();
  let browser: Browser;
  let address: string;
  before(async () => {
    browser = await openBrowser();
    address = await new StrandWatchProcess().ready();
  });
  after(() => browser.close());

  async function openEditor(language = 'en-US') {
    const opened = await openPage(browser, address, '/');
    await opened.page.evaluate((wanted) => localStorage.setItem('editor-language', wanted), language);
    await opened.page.reload();
    await opened.page.locator('#red-ui-palette-StrandWatch').waitFor();
    await opened.page.locator('.red-ui-flow-node').first().waitFor();
    return opened;
  }

  it('give a node dragged from the palette the only configuration and the only model of its kind', async () => {
    const { page, errors } = await openEditor();
    const { strandConfig, model } = await dragFromPalette(page, 'sequence-infer');
    assert.equal(strandConfig, 'strandwatch-config');
    assert.equal(model, 'sequence-model');
    assert.deepEqual(errors, []);
    await page.close();
  });

  it('show what the configuration says, and say in words what is wrong while it is typed', async () => {
    const { page, errors } = await openEditor();
    await editForm(page, 'alert-manager');
    await page.locator('#node-input-deadband[placeholder="from the configuration: 0.05"]').waitFor();
    await page.locator('#node-input-warning').pressSequentially('5');
    await page.getByText('Warning threshold: expected a number from 0 to 1, got "5".').first().waitFor();
    await page.locator('#node-input-warning.input-error').waitFor();
    await page.locator('#node-input-warning').press('Backspace');
    await page.locator('#node-input-warning:not(.input-error)').waitFor();
    assert.deepEqual(errors, []);
    await page.close();
  });

  it('show the card of the model in service', async () => {
    const { page, errors } = await openEditor();
    await editConfigForm(page, 'onnx-model');
    await page.locator('#onnx-model-card').getByText('strandwatch-baseline').waitFor();
    await screenshot(page, 'form-onnx-model');
    assert.deepEqual(errors, []);
    await page.close();
  });

  it('mark the line of a mistake in the YAML and say what is allowed', async () => {
    const { page, errors } = await openEditor();
    await editConfigForm(page, 'strand-config');
    await page.locator('#node-config-input-source').selectOption('inline');
    await page.evaluate(() => {
      const { monaco } = globalThis as unknown as EditorWindow;
      monaco.editor
        .getModels()
        .find((model) => model.getLanguageId() === 'yaml')!
        .setValue(
          'version: 1\nsensors: [{ name: mold_level, unit: mm, range: [50, 150] }]\nalerts:\n  deadband: 7\n',
        );
    });
    await page
      .locator('#strand-config-problems')
      .getByText('line 4 alerts.deadband: expected 0..1')
      .waitFor();
    const markers = await page.evaluate(() =>
      (globalThis as unknown as EditorWindow).monaco.editor
        .getModelMarkers({ owner: 'strandwatch' })
        .map(({ startLineNumber }) => startLineNumber),
    );
    assert.deepEqual(markers, [4]);
    await screenshot(page, 'form-strand-config');
    assert.deepEqual(errors, []);
    await page.close();
  });

  it('speak German in a German editor', async () => {
    const { page, errors } = await openEditor('de');
    await editForm(page, 'alert-manager');
    const form = page.locator('#dialog-form');
    await form.getByText('Totband').waitFor();
    await page.locator('#node-input-deadband[placeholder="aus der Konfiguration: 0.05"]').waitFor();
    assert.doesNotMatch(await form.innerText(), /Deadband|On-delay|Escalate/);
    await screenshot(page, 'form-alert-manager-de');
    assert.deepEqual(errors, []);
    await page.close();
  });

  it('need no change in an example: imported and deployed, it shows data', async () => {
    const { page, errors } = await openEditor();
    await page.evaluate(() =>
      (globalThis as unknown as EditorWindow).RED.actions.invoke('core:show-import-dialog'),
    );
    const example = readFileSync(join(ROOT, 'examples', '02-buffer-sensors.json'), 'utf8');
    await page.locator('#red-ui-clipboard-dialog-import-text').fill(example);
    // What is filled in without a key counts only with the next key.
    await page.locator('#red-ui-clipboard-dialog-import-text').press('End');
    await page.locator('#red-ui-clipboard-dialog-ok').click();
    await page.locator('#red-ui-header-button-deploy:not(.disabled)').click();
    const messages = page.locator('.red-ui-debug-msg', { hasText: 'reading and quality' });
    await messages.first().waitFor({ state: 'attached' });
    await screenshot(page, 'example-imported');
    assert.deepEqual(errors, []);
    await page.close();
  });
});
