import assert from 'node:assert/strict';
import { screenshot } from '../support/browser.js';
import type { Editor } from '../support/editor.js';
import { editorSystem } from './editor-system.js';

interface Step {
  readonly type: string;
  /** Where on the canvas it is dropped. */
  readonly at: readonly [x: number, y: number];
  /** What is filled in; the rest is left as the form proposes it. */
  readonly fillIn?: (editor: Editor) => Promise<void>;
  /** Node that feeds it, and by which output. */
  readonly from?: readonly [type: string, output: number];
  /** What it says below itself once data flow. */
  readonly says: RegExp;
}

/** What somebody does who knows Node-RED and has read nothing: top to bottom. */
const STEPS: readonly Step[] = [
  {
    type: 'cast-replay',
    at: [500, 200],
    fillIn: async (editor) => {
      await editor.addConfig('strandConfig');
      await editor.chooseType('casts', 'chosen from the list');
      await editor.row('casts').locator('.red-ui-typedInput-option-trigger').click();
      const sticker = editor.page.locator('.red-ui-typedInput-options a:visible', { hasText: 'Sticker' });
      await sticker.first().click();
      await editor.page.keyboard.press('Escape');
      await editor.chooseType('speed', 'own value');
      await editor.page.getByRole('textbox', { name: 'Speed' }).fill('100');
    },
    says: /100x/,
  },
  { type: 'sensor-buffer', at: [500, 300], from: ['cast-replay', 0], says: /strands: 1/ },
  { type: 'feature-extract', at: [500, 400], from: ['sensor-buffer', 0], says: /features|warming up/ },
  {
    type: 'baseline-infer',
    at: [400, 500],
    fillIn: (editor) => editor.addConfig('model'),
    from: ['feature-extract', 0],
    says: /risk/,
  },
  {
    type: 'sequence-infer',
    at: [700, 500],
    fillIn: (editor) => editor.addConfig('model'),
    from: ['feature-extract', 1],
    says: /risk/,
  },
  { type: 'ensemble', at: [500, 600], from: ['baseline-infer', 0], says: /risk|confidence/ },
  { type: 'perf-monitor', at: [500, 700], from: ['ensemble', 0], says: /readings\/s/ },
  { type: 'alert-manager', at: [500, 800], from: ['perf-monitor', 0], says: /normal|open/ },
];

describe('a newcomer to the palette', function () {
  this.timeout(240_000);
  before(() => editorSystem.deploy([{ id: 'own', type: 'tab', label: 'My strand' }]));

  it('drags each node onto an empty flow, fills it in, deploys, and sees data in all of them', async () => {
    const editor = await editorSystem.open();
    const ids = new Map<string, string>();
    for (const { type, at, fillIn, from } of STEPS) {
      const { id } = await editor.drag(type, ...at);
      ids.set(type, id);
      await editor.openForm(id);
      await fillIn?.(editor);
      await editor.done();
      const { strandConfig, valid } = await editor.node(id);
      assert.notEqual(strandConfig, '', `${type}: no configuration`);
      assert.equal(valid, true, `${type}: the form left something undone`);
      if (from !== undefined) await editor.wire(ids.get(from[0])!, from[1], id);
    }
    await editor.wire(ids.get('sequence-infer')!, 0, ids.get('ensemble')!);
    assert.equal((await editor.node(ids.get('cast-replay')!)).casts, 'sticker');
    await editor.deploy();
    for (const { type, says } of STEPS)
      await editor.status(ids.get(type)!).filter({ hasText: says }).waitFor();
    await screenshot(editor.page, 'editor-own-flow');
    await editor.close();
  });
});
