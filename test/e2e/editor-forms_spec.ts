import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { screenshot } from '../support/browser.js';
import type { Editor } from '../support/editor.js';
import { ROOT } from '../support/strandwatch-process.js';
import { seriousIssues } from './accessibility.js';
import { clippedFields } from './clipped-fields.js';
import { editorSystem, SHIPPED_FLOW } from './editor-system.js';

const TYPES = Object.keys(
  (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { 'node-red': { nodes: object } })[
    'node-red'
  ].nodes,
);
const CONFIG_TYPES = ['strand-config', 'onnx-model'];

/** Opens every form. */
async function readAll(editor: Editor, configured: RegExp, language: string): Promise<void> {
  for (const type of TYPES) {
    await (CONFIG_TYPES.includes(type) ? editor.editConfigForm(type) : editor.editForm(type));
    if (type === 'alert-manager') await editor.row('deadband').getByText(configured).waitFor();
    const words = await editor.form.innerText();
    assert.match(words, /\w/, `${type}: the form is empty`);
    assert.doesNotMatch(words, new RegExp(`${type}\\.\\w`), `${type}: a text is missing`);
    assert.deepEqual(await clippedFields(editor.page), [], type);
    assert.deepEqual(await seriousIssues(editor.page, '.strandwatch-row'), [], type);
    await screenshot(editor.page, `form-${type}-${language}`);
    await editor.cancel();
  }
}

describe('the forms of the editor', function () {
  this.timeout(240_000);
  /** One editor for them all: loading it takes longer than most tests. */
  let editor: Editor;
  before(async () => {
    // Another spec may have left flows of its own.
    await editorSystem.deploy(SHIPPED_FLOW);
    editor = await editorSystem.open();
  });
  afterEach(() => editor.closeForms());
  after(() => editor.close());

  it('are there for all types, the nodes in a category of their own', async () => {
    assert.deepEqual(
      await editor.categories(TYPES),
      TYPES.map((type) => (CONFIG_TYPES.includes(type) ? 'config' : 'StrandWatch')),
    );
    await screenshot(editor.page, 'editor');
  });

  it("say everything in words, nothing clipped, each part with a name for those who don't see it", () =>
    readAll(editor, /^As configured: 0\.\d+$/, 'en-US'));

  it('do so in German too, mistakes included', async () => {
    const german = await editorSystem.open('de');
    await readAll(german, /^Laut Konfiguration: 0\.\d+$/, 'de');
    await german.editForm('feature-extract');
    await german.chooseType('inferenceInterval', 'eigener Wert');
    await german.page.getByRole('textbox', { name: 'Abstand' }).fill('0,5');
    await german.page.getByRole('textbox', { name: 'Abstand' }).press('End');
    await german
      .row('inferenceInterval')
      .getByText('Abstand: erwartet wird eine Zahl von 0.001 bis 86400 s, nicht "0,5".')
      .waitFor();
    await german.close();
  });

  it('say in words what is wrong while it is typed, and what counts when a field is left to the configuration', async () => {
    await editor.editForm('alert-manager');
    const warning = editor.row('warning');
    await warning.getByText(/^As configured: 0\.\d+$/).waitFor();
    await editor.chooseType('warning', 'own value');
    const own = editor.page.getByRole('textbox', { name: 'Warning threshold' });
    assert.match(await own.inputValue(), /^0\.\d+$/, 'it starts from what is configured');
    await own.fill('');
    await own.pressSequentially('5');
    const words = warning.getByText('Warning threshold: expected a number from 0 to 1, got "5".');
    await words.waitFor();
    const [above, below] = [(await own.boundingBox())!, (await words.boundingBox())!];
    assert.ok(below.y >= above.y + above.height, 'the words stand below the field');
    await warning.locator('.red-ui-typedInput-container.input-error').waitFor();
    await own.press('Backspace');
    await warning.locator('.red-ui-typedInput-container:not(.input-error)').waitFor();
  });

  it('take an environment variable, and forget its name for a value of their own', async () => {
    await editor.editForm('cast-replay');
    const speed = editor.page.getByRole('textbox', { name: 'Speed' });
    assert.equal(await speed.inputValue(), 'STRANDWATCH_SPEED');
    assert.equal(await editor.field('speed').inputValue(), '${STRANDWATCH_SPEED}');
    await editor.row('strandConfig').getByRole('combobox').waitFor();
    await editor.chooseType('speed', 'own value');
    assert.doesNotMatch(await speed.inputValue(), /STRANDWATCH/);
    await editor.chooseType('speed', 'As fast as possible');
    assert.equal(await editor.field('speed').inputValue(), 'unpaced');
    await editor.chooseType('speed', 'As configured');
    assert.equal(await editor.field('speed').inputValue(), '');
  });

  it('propose time zones for what is typed', async () => {
    await editor.editForm('cast-replay');
    await editor.chooseType('timeZone', 'own value');
    const zone = editor.page.getByRole('textbox', { name: 'Time zone' });
    await zone.fill('');
    await zone.pressSequentially('berl');
    await editor.page.getByText('Europe/Berlin').click();
    assert.equal(await editor.field('timeZone').inputValue(), 'Europe/Berlin');
  });

  it('are worked by keyboard alone', async () => {
    await editor.editForm('alert-manager');
    const { keyboard } = editor.page;
    await editor
      .row('deadband')
      .getByText(/^As configured: 0\.\d+$/)
      .waitFor();
    await editor.page.getByRole('button', { name: /^Deadband: As configured/ }).focus();
    await keyboard.press('ArrowDown');
    await editor.page.locator('.red-ui-typedInput-options a:focus').waitFor();
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await editor.page.locator('.red-ui-typedInput-input:focus').waitFor();
    await keyboard.press('ControlOrMeta+A');
    await keyboard.type('0.1');
    assert.equal(await editor.field('deadband').inputValue(), '0.1');
    await editor.page.getByRole('button', { name: 'Edit: Configuration' }).press('Enter');
    await editor.page.locator('#node-config-dialog-edit-form').waitFor();
  });

  it('show the card of the model in service', async () => {
    await editor.editConfigForm('onnx-model');
    await editor.page.locator('#onnx-model-card').getByText('strandwatch-baseline').waitFor();
  });

  it('mark the line of a mistake in the YAML and say what is allowed', async () => {
    await editor.editConfigForm('strand-config');
    await editor.field('source').selectOption('inline');
    const said = editor.page.locator('#strand-config-problems');
    await said.getByText('no problem found').waitFor();
    assert.match(await editor.yaml(), /^sensors:/m, 'it starts from the shipped configuration');

    await editor.writeYaml(
      'version: 1\nsensors: [{ name: mold_level, unit: mm, range: [50, 150] }]\nalerts:\n  deadband: 7\n',
    );
    await said.getByText('line 4 alerts.deadband: expected 0..1').waitFor();
    assert.deepEqual(await editor.markedLines(), [4]);
    await screenshot(editor.page, 'form-strand-config');
  });

  it('write the name of a feature into the YAML that was chosen instead of typed', async () => {
    await editor.editConfigForm('strand-config');
    await editor.field('source').selectOption('inline');
    const choice = editor.page.getByRole('combobox', { name: 'Insert a sensor or feature' });
    await choice.fill('mold_level.std.60s');
    await choice.press('Enter');
    assert.match(await editor.yaml(), /mold_level\.std\.60s/);
  });

  it('need no change in an example: imported and deployed, it shows data', async () => {
    await editor.importFlow(readFileSync(join(ROOT, 'examples', '02-buffer-sensors.json'), 'utf8'));
    await editor.deploy();
    const messages = editor.page.locator('.red-ui-debug-msg', { hasText: 'reading and quality' });
    await messages.first().waitFor({ state: 'attached' });
    await screenshot(editor.page, 'example-imported');
  });
});
