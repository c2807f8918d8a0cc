import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { openBrowser, openPage, screenshot } from '../support/browser.js';
import { alarmIn, DASHBOARDS, isClean } from '../support/dashboards.js';
import { cleanUp, eventually, StrandWatchProcess } from '../support/strandwatch-process.js';
import { seriousIssues } from './accessibility.js';
import { clippedText } from './clipped-text.js';

describe('both dashboards', function () {
  this.timeout(240_000);
  cleanUp();
  let browser: Browser;
  before(async () => {
    browser = await openBrowser();
  });
  after(() => browser.close());

  for (const { name, pages } of DASHBOARDS)
    describe(name, () => {
      it('shows an alarm of a sticker raised, acknowledged with a comment, shelved, returned and cleared', async () => {
        const system = new StrandWatchProcess({ options: ['--cast', 'sticker', '--speed', '5'] });
        const address = await system.ready();
        const demo = await openPage(browser, address, pages.demo);
        const player = demo.page.locator('sw-player');
        await player.getByText('playing', { exact: true }).waitFor();
        await player.getByRole('slider', { name: 'Time in the cast' }).fill('960');
        const watched = await openPage(browser, address, pages.operator);
        const { page } = watched;
        await page.getByRole('textbox', { name: 'Operator' }).fill('Ann');
        await page.getByRole('textbox', { name: 'Operator' }).press('Enter');

        const alarm = alarmIn(page, 'Strand 1', 'critical');
        await alarm.waitFor();
        // The cast stands still while people act: what they do counts, not how fast the machine is.
        await player.getByRole('button', { name: 'Pause' }).click();
        await page.locator('sw-strands .card.is-critical').waitFor();
        assert.match((await alarm.textContent())!, /defect risk \d+ %/);
        await alarm.getByRole('button', { name: 'show why' }).click();
        await page.locator('sw-explanation').getByText('Show the present').waitFor();
        assert.deepEqual(await clippedText(page), []);
        await screenshot(page, `operator-critical-${name}`);

        await alarm.getByRole('button', { name: 'Acknowledge', exact: true }).click();
        await alarm.getByRole('textbox', { name: 'Comment' }).fill('slowing <b>down</b>');
        await alarm.getByRole('button', { name: 'Acknowledge now' }).click();
        await alarm.getByText('by Ann: “slowing <b>down</b>”').waitFor();
        await page.getByText('0 to acknowledge').waitFor();

        await alarm.getByRole('button', { name: 'Shelve', exact: true }).click();
        await alarm.getByRole('combobox', { name: 'Shelve for' }).selectOption('5 min');
        await alarm.getByRole('button', { name: 'Put aside now' }).click();
        await page.getByRole('button', { name: 'Put aside (1)' }).click();
        await alarm.getByText(/shelved · by Ann, \d+ (s|min) left/).waitFor();
        await screenshot(page, `operator-shelved-${name}`);
        await alarm.getByRole('button', { name: 'Unshelve', exact: true }).click();

        await page.getByRole('button', { name: 'Active', exact: true }).click();
        // Back on the list it asks for attention anew, as IEC 62682 has it.
        await alarm.getByText('unacknowledged').waitFor();
        await alarm.getByRole('button', { name: 'Acknowledge', exact: true }).click();
        await alarm.getByRole('button', { name: 'Acknowledge now' }).click();
        await alarm.getByText('acknowledged · by Ann').waitFor();
        await player.getByRole('combobox', { name: 'Speed' }).selectOption('60x');
        await player.getByRole('button', { name: 'Resume' }).click();
        await page.getByRole('button', { name: 'History' }).click();
        await alarmIn(page, 'over since').waitFor();
        await screenshot(page, `operator-history-${name}`);
        isClean(watched);
        isClean(demo);
        await page.close();
        await demo.page.close();
        assert.equal(await system.stop(), 0);
        assert.deepEqual(system.complaints, []);
      });

      describe('with two strands', () => {
        let system: StrandWatchProcess;
        let address: string;
        before(async () => {
          system = new StrandWatchProcess({ options: ['--speed', '20'] });
          address = await system.ready();
        });
        after(() => system.kill());

        it('shows every sensor with its unit, and the strand that was chosen in this browser alone', async () => {
          const watched = await openPage(browser, address, pages.operator);
          const other = await openPage(browser, address, pages.operator);
          const { page } = watched;
          await page.locator('sw-strands').getByRole('button', { name: 'Strand 2' }).click();
          await page.locator('sw-cast').getByText('two-strands-2').waitFor();
          const tiles = page.locator('sw-trends .tile');
          await eventually('21 tiles', async () => (await tiles.count()) === 21);
          for (const text of await tiles.allTextContents())
            assert.match(text, /^[↑↓]? ?[\d.]+ (m\/min|mm|%|t|°C|K|l\/min|kN|cpm)\D/, text);
          await other.page.locator('sw-cast').getByText('two-strands-1').waitFor();
          await page.reload();
          await page.locator('sw-cast').getByText('two-strands-2').waitFor();
          assert.deepEqual(await clippedText(page), []);
          isClean(watched);
          isClean(other);
          await page.close();
          await other.page.close();
        });

        it('pauses and resumes the replay, changes its speed and cast', async () => {
          const watched = await openPage(browser, address, pages.demo);
          const { page } = watched;
          const player = page.locator('sw-player');
          const state = (text: string) => player.getByText(text, { exact: true }).waitFor();
          await player.getByRole('button', { name: 'Pause' }).click();
          await state('paused');
          await player.getByRole('button', { name: 'Resume' }).click();
          await state('playing');
          await player.getByRole('combobox', { name: 'Speed' }).selectOption('10x');
          await player.getByRole('button', { name: 'Sticker' }).click();
          await player.getByText('sticker', { exact: true }).waitFor();
          await state('playing');
          isClean(watched);
          await page.close();
        });

        it('tries a threshold on the risk of the last hours, puts it in force, and tells who did', async () => {
          const watched = await openPage(browser, address, pages.engineer);
          const { page } = watched;
          const settings = page.locator('sw-settings');
          const warning = settings.getByRole('spinbutton', { name: 'Warning from' });
          await eventually('the threshold', async () => Number(await warning.inputValue()) > 1);
          await settings.getByText(/in force: \d+ alarms?/).waitFor();
          assert.equal(await settings.getByText('with these settings').isVisible(), false);
          // From 0 % on, whatever was ever above is one alarm per strand at the most.
          await warning.fill('0');
          await warning.press('Enter');
          await settings.getByText(/with these settings: [1-9]\d* alarms?/).waitFor();
          await settings.getByRole('button', { name: 'Put in force' }).click();
          await page.getByRole('textbox', { name: 'Your name' }).fill('Eva');
          await page.getByRole('button', { name: 'That is me' }).click();
          await settings.getByRole('cell', { name: 'Eva' }).first().waitFor();
          await page.reload();
          await eventually('the same threshold again', async () => (await warning.inputValue()) === '0');

          const model = settings.getByRole('checkbox', { name: 'Sequence model' });
          await model.uncheck();
          await settings.getByRole('cell', { name: 'models.sequence.enabled' }).first().waitFor();
          await settings.getByRole('button', { name: 'Reset all to the file' }).click();
          await settings.getByText('Nothing was changed live').waitFor();
          await eventually('the model to be on', () => model.isChecked());
          await settings.getByText('as in the file').first().waitFor();
          assert.deepEqual(await clippedText(page), []);
          await screenshot(page, `engineer-${name}`);
          isClean(watched);
          await page.close();
        });

        it('lays the cast over past ones of its grade, compares the models, and exports the session', async () => {
          const watched = await openPage(browser, address, pages.demo);
          const { page } = watched;
          await page.locator('sw-player').getByRole('combobox', { name: 'Cast' }).selectOption('normal');
          const overlay = page.locator('sw-overlay');
          await overlay.getByText('4 past casts of low_c · mm').waitFor();
          await overlay.locator('canvas').waitFor();
          await overlay.getByRole('checkbox').first().uncheck();
          await overlay.getByText('3 past casts of low_c').waitFor();
          await overlay.getByRole('combobox', { name: 'Aligned on' }).selectOption('by metres of strand');
          const first = page.locator('sw-model-comparison').getByRole('row', { name: /^now/ });
          await eventually('both models', async () =>
            / \d+ %.* \d+ %/.test((await first.ariaSnapshot()) ?? ''),
          );
          for (const [kind, content] of [
            ['CSV', /^time,strand,.*risk_rules\n.*Z,1,/],
            ['JSON', /"exported"/],
            ['PNG', /^.PNG/],
          ] as const) {
            const [file] = await Promise.all([
              page.waitForEvent('download'),
              page.getByRole('button', { name: kind, exact: true }).click(),
            ]);
            assert.match(readFileSync(await file.path(), 'latin1'), content);
          }
          assert.deepEqual(await clippedText(page), []);
          await screenshot(page, `demo-${name}`);
          isClean(watched);
          await page.close();
        });

        for (const [title, path] of Object.entries(pages))
          for (const look of ['light', 'dark', 'phone'] as const)
            it(`${title}, ${look}: reads well for everyone`, async () => {
              const watched = await openPage(browser, address, path);
              const { page } = watched;
              if (look === 'phone') await page.setViewportSize({ width: 390, height: 844 });
              await page.emulateMedia({ colorScheme: look === 'dark' ? 'dark' : 'light' });
              await page.locator('sw-bar').getByText('● live').waitFor();
              await page.locator('.sw-page').getByRole('heading').first().waitFor();
              assert.deepEqual(await seriousIssues(page), []);
              assert.deepEqual(await clippedText(page), []);
              await screenshot(page, `${title}-${look}-${name}`);
              isClean(watched);
              await page.close();
            });

        it('tells how the system does', async () => {
          const watched = await openPage(browser, address, pages.system);
          const health = watched.page.locator('sw-health');
          for (const figure of ['readings', 'memory', 'event-loop delay, 99 %', 'reading to risk, 99 %'])
            await health.getByText(figure, { exact: true }).waitFor();
          for (const stage of ['feature-extract', 'baseline-infer', 'sequence-infer', 'ensemble'])
            await health.getByText(stage, { exact: true }).waitFor();
          assert.deepEqual(await clippedText(watched.page), []);
          await screenshot(watched.page, `system-${name}`);
          isClean(watched);
          await watched.page.close();
        });
      });
    });
});
