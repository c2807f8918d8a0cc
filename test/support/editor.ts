/** Node-RED's editor in a browser, driven as a person does: palette, canvas, forms. */
import assert from 'node:assert/strict';
import type { Browser, Locator, Page } from 'playwright-core';
import { openPage, type WatchedPage } from './browser.js';

export interface FlowNode {
  readonly id: string;
  readonly type: string;
  readonly [field: string]: unknown;
}

/** The editor's own object, as far as it is used in the browser. */
interface EditorWindow {
  readonly RED: {
    readonly nodes: {
      getType(type: string): { readonly category: string } | undefined;
      filterNodes(filter: { type: string }): FlowNode[];
      eachConfig(visit: (node: FlowNode) => boolean): void;
      node(id: string): FlowNode;
    };
    readonly editor: { edit(node: object): void; editConfig(name: string, type: string, id: string): void };
    readonly actions: { invoke(action: string): void };
  };
  readonly monaco: {
    readonly editor: {
      getModels(): { setValue(text: string): void; getValue(): string; getLanguageId(): string }[];
      getModelMarkers(filter: { owner: string }): { startLineNumber: number }[];
    };
  };
}

export class Editor {
  private constructor(
    private readonly watched: WatchedPage,
    readonly page: Page,
  ) {}

  /** @param language of the user, as they choose it in the editor's settings */
  static async open(browser: Browser, address: string, language = 'en-US'): Promise<Editor> {
    const watched = await openPage(browser, address, '/', { 'editor-language': language });
    await watched.page.locator('#red-ui-palette-StrandWatch').waitFor();
    return new Editor(watched, watched.page);
  }

  /** Closes it. @throws when its console told errors, or it asked other machines for something */
  async close(): Promise<void> {
    const { errors, strangers } = this.watched;
    await this.page.close();
    assert.deepEqual(errors, []);
    assert.deepEqual(strangers, []);
  }

  /** The form that lies on top: of a node, or of a config node. */
  get form(): Locator {
    return this.page.locator('#dialog-form, #node-config-dialog-edit-form').last();
  }

  field(name: string): Locator {
    return this.page.locator(`#node-input-${name}, #node-config-input-${name}`).last();
  }

  /** The row of a field: with its label, its typed input, what is said about it. */
  row(name: string): Locator {
    return this.form
      .locator('.strandwatch-row')
      .filter({ has: this.page.locator(`#node-input-${name}, #node-config-input-${name}`) });
  }

  async editForm(type: string): Promise<void> {
    await this.page.evaluate((wanted) => {
      const { RED } = globalThis as unknown as EditorWindow;
      RED.editor.edit(RED.nodes.filterNodes({ type: wanted })[0]!);
    }, type);
    await this.form.waitFor();
  }

  async editConfigForm(type: string): Promise<void> {
    await this.page.evaluate((wanted) => {
      const { RED } = globalThis as unknown as EditorWindow;
      const found: FlowNode[] = [];
      RED.nodes.eachConfig((node) => {
        if (node.type === wanted) found.push(node);
        return true;
      });
      RED.editor.editConfig('', wanted, found[0]!.id);
    }, type);
    await this.form.waitFor();
  }

  async cancel(): Promise<void> {
    await this.leave('#node-dialog-cancel, #node-config-dialog-cancel');
  }

  /** Cancels whatever forms are open, as a test that failed leaves them. */
  async closeForms(): Promise<void> {
    while ((await this.form.count()) > 0) await this.cancel();
  }

  /** Chooses one of the types of a typed input by its name. */
  async chooseType(field: string, name: string): Promise<void> {
    await this.row(field).locator('.red-ui-typedInput-type-select').click();
    await this.page.locator('.red-ui-typedInput-options a:visible').getByText(name).click();
  }

  /** Drags the type from the palette onto the canvas. @returns the new node */
  async drag(type: string, x: number, y: number): Promise<FlowNode> {
    const known = await this.idsOf(type);
    const item = this.page.locator(`.red-ui-palette-node[data-palette-type="${type}"]`);
    await item.scrollIntoViewIfNeeded();
    const from = (await item.boundingBox())!;
    await this.page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await this.page.mouse.down();
    await this.page.mouse.move(x - 20, y - 20, { steps: 4 });
    await this.page.mouse.move(x, y, { steps: 2 });
    await this.page.mouse.up();
    const id = (await this.idsOf(type)).find((one) => !known.includes(one));
    assert.ok(id !== undefined, `${type} did not arrive on the canvas`);
    return this.node(id);
  }

  /** Opens the form of a node on the canvas, as a double click does. */
  async openForm(id: string): Promise<void> {
    await this.onCanvas(id).locator('.red-ui-flow-node').dblclick();
    await this.form.waitFor();
  }

  async done(): Promise<void> {
    await this.leave('#node-dialog-ok');
  }

  /** Adds a config node with what its form holds at first, from the picker of the open form. */
  async addConfig(field: string): Promise<void> {
    await this.page.locator(`#node-input-btn-${field}-add`).click();
    await this.leave('#node-config-dialog-ok');
  }

  /** Draws a wire from an output of one node to the input of another. */
  async wire(from: string, output: number, to: string): Promise<void> {
    const start = this.onCanvas(from).locator('.red-ui-flow-port-output').nth(output);
    const end = this.onCanvas(to).locator('.red-ui-flow-port-input');
    const [a, b] = [(await start.boundingBox())!, (await end.boundingBox())!];
    await this.page.mouse.move(a.x + a.width / 2, a.y + a.height / 2);
    await this.page.mouse.down();
    await this.page.mouse.move((a.x + b.x) / 2, (a.y + b.y) / 2, { steps: 2 });
    await this.page.mouse.move(b.x + b.width / 2, b.y + b.height / 2, { steps: 2 });
    await this.page.mouse.up();
  }

  async deploy(): Promise<void> {
    await this.page.locator('#red-ui-header-button-deploy:not(.disabled)').click();
    await this.page.locator('#red-ui-header-button-deploy.disabled').waitFor();
  }

  /** What a node says below itself on the canvas. */
  status(id: string): Locator {
    return this.onCanvas(id).locator('.red-ui-flow-node-status-label');
  }

  async importFlow(json: string): Promise<void> {
    await this.page.evaluate(() =>
      (globalThis as unknown as EditorWindow).RED.actions.invoke('core:show-import-dialog'),
    );
    const text = this.page.locator('#red-ui-clipboard-dialog-import-text');
    await text.fill(json);
    // What is filled in without a key counts only with the next key.
    await text.press('End');
    await this.page.locator('#red-ui-clipboard-dialog-ok').click();
  }

  /** The fields of a node as the editor holds them. */
  node(id: string): Promise<FlowNode> {
    return this.page.evaluate((wanted) => {
      const node = (globalThis as unknown as EditorWindow).RED.nodes.node(wanted);
      const plain = Object.entries(node).filter(([, value]) => typeof value !== 'object');
      return Object.fromEntries(plain) as unknown as FlowNode;
    }, id);
  }

  categories(types: readonly string[]): Promise<string[]> {
    return this.page.evaluate(
      (wanted) =>
        wanted.map(
          (type) => (globalThis as unknown as EditorWindow).RED.nodes.getType(type)?.category ?? 'missing',
        ),
      types,
    );
  }

  /** What the code editor holds. */
  yaml(): Promise<string> {
    return this.page.evaluate(() =>
      (globalThis as unknown as EditorWindow).monaco.editor
        .getModels()
        .find((model) => model.getLanguageId() === 'yaml')!
        .getValue(),
    );
  }

  async writeYaml(text: string): Promise<void> {
    await this.page.evaluate((yaml) => {
      const { monaco } = globalThis as unknown as EditorWindow;
      monaco.editor
        .getModels()
        .find((model) => model.getLanguageId() === 'yaml')!
        .setValue(yaml);
    }, text);
  }

  /** Lines that the code editor marks. */
  markedLines(): Promise<number[]> {
    return this.page.evaluate(() =>
      (globalThis as unknown as EditorWindow).monaco.editor
        .getModelMarkers({ owner: 'strandwatch' })
        .map(({ startLineNumber }) => startLineNumber),
    );
  }

  /** Leaves the form on top by a button of its; Node-RED puts the one below it back. */
  private async leave(button: string): Promise<void> {
    const found = await this.page.locator(button).last().elementHandle();
    await found.click();
    await found.waitForElementState('hidden');
  }

  private onCanvas(id: string): Locator {
    return this.page.locator(`[id="${id}"]`);
  }

  private idsOf(type: string): Promise<string[]> {
    return this.page.evaluate(
      (wanted) =>
        (globalThis as unknown as EditorWindow).RED.nodes.filterNodes({ type: wanted }).map(({ id }) => id),
      type,
    );
  }
}
