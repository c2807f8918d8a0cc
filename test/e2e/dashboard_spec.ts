import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openPage, screenshot, type WatchedPage } from '../support/browser.js';
import { cleanUp, eventually, StrandWatchProcess } from '../support/strandwatch-process.js';

/** Risk of the ensemble as the page shows it, in percent; null while there is none. */
async function shownRisk(page: Page): Promise<number | null> {
  const text = await page.locator('#sw-strands .sw-big').first().textContent();
  const [, percent] = /(\d+) %/.exec(text ?? '') ?? [];
  return percent === undefined ? null : Number(percent);
}

const overflow = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    // Runs in the browser.
    const document = (globalThis as unknown as { document: { querySelectorAll(s: string): Iterable<Box> } })
      .document;
    interface Box {
      readonly clientWidth: number;
      readonly scrollWidth: number;
      readonly textContent: string;
    }
    return [
      ...document.querySelectorAll('html, .sw-big, .sw-value, .sw-button, .sw-alarm, .sw-tile, .sw-table td'),
    ]
      .filter(({ clientWidth, scrollWidth }) => scrollWidth > clientWidth + 1)
      .map(({ textContent }) => textContent.trim().slice(0, 80));
  });

describe('dashboard', function () {
  this.timeout(240_000);
  cleanUp();
  let browser: Browser;
  before(async () => {
    browser = await openBrowser();
  });
  after(() => browser.close());

  const isClean = ({ errors, strangers }: WatchedPage): void => {
    assert.deepEqual(errors, []);
    assert.deepEqual(strangers, []);
  };

  it('shows the risk of a sticker rise to a critical alarm, which a click acknowledges', async () => {
    const system = new StrandWatchProcess({ options: ['--cast', 'sticker', '--speed', '60'] });
    const watched = await openPage(browser, await system.ready(), '/ui/');
    const { page } = watched;
    const calm = await eventually('a first risk', async () => ((await shownRisk(page)) ?? -1) >= 0);
    assert.ok(calm);
    assert.ok((await shownRisk(page))! < 50);
    await eventually('the risk to rise above 90 %', async () => ((await shownRisk(page)) ?? 0) > 90);

    const alarm = page.locator('.sw-alarm', { hasText: 'critical' }).first();
    await alarm.waitFor();
    assert.match((await alarm.textContent())!, /strand 1.*defect risk \d+ %/s);
    await screenshot(page, 'overview-critical');
    assert.deepEqual(await overflow(page), []);

    await alarm.getByRole('button', { name: 'Acknowledge' }).click();
    await page.locator('.sw-alarm', { hasText: 'acknowledged by operator' }).waitFor();
    await page.getByText('0 to acknowledge').waitFor();
    await screenshot(page, 'overview-acknowledged');
    isClean(watched);
    await page.close();
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

    it('shows every sensor with its unit and trend, and the strand that was chosen', async () => {
      const watched = await openPage(browser, address, '/ui/#!/0');
      await watched.page.locator('.sw-card', { hasText: 'Strand 2' }).click();
      await watched.page.locator('.sw-card.sw-selected', { hasText: 'Strand 2' }).waitFor();
      await watched.page.goto(`${address}/ui/#!/1`);
      await watched.page.getByText('Strand 2').waitFor();
      const tiles = watched.page.locator('.sw-tile');
      await eventually('21 tiles', async () => (await tiles.count()) === 21);
      for (const text of await tiles.allTextContents())
        assert.match(text, /\d\s*(m\/min|mm|%|t|°C|K|l\/min|kN|cpm)\s*$/, text);
      assert.deepEqual(await overflow(watched.page), []);
      await screenshot(watched.page, 'sensors');
      isClean(watched);
      await watched.page.close();
    });

    it('pauses and resumes the replay, changes its speed and cast', async () => {
      const watched = await openPage(browser, address, '/ui/#!/0');
      const { page } = watched;
      const shown = (text: string) => page.locator('#sw-progress').getByText(text, { exact: true }).waitFor();
      await page.getByRole('button', { name: 'Pause' }).click();
      await shown('paused');
      await page.getByRole('button', { name: 'Resume' }).click();
      await shown('playing');
      await choose(page, 'Speed', '10x');
      await shown('10x');
      await choose(page, 'Cast', 'Longitudinal crack at column 2');
      await shown('Longitudinal crack at column 2');
      await shown('playing');
      isClean(watched);
      await page.close();
    });

    it('switches a model off and on, and moves a threshold', async () => {
      const watched = await openPage(browser, address, '/ui/#!/0');
      const { page } = watched;
      await page.locator('.sw-card', { hasText: 'Strand 1' }).click();
      const sequence = page.getByRole('checkbox', { name: 'Sequence' });
      const isChecked = (wanted: string) =>
        eventually('the switch', async () => (await sequence.getAttribute('aria-checked')) === wanted);
      await isChecked('true');
      await sequence.click();
      await eventually('the sequence model to be off', async () =>
        /sequence\s+–/.test((await page.locator('.sw-key').first().textContent()) ?? ''),
      );
      await sequence.click();
      await eventually('the sequence model to speak again', async () =>
        /sequence\s+\d/.test((await page.locator('.sw-key').first().textContent()) ?? ''),
      );
      const inForce = async (): Promise<number> =>
        Number(/Warning at (\d+) %/.exec((await page.locator('body').textContent()) ?? '')?.[1]);
      const before = await inForce();
      const warning = page.getByRole('slider').first();
      await warning.focus();
      await page.keyboard.press('ArrowLeft');
      await eventually('a lower threshold', async () => (await inForce()) === before - 1);
      // The slider follows the configuration in force, not only the hand that moved it.
      await page.reload();
      await eventually('the same threshold again', async () => (await inForce()) === before - 1);
      isClean(watched);
      await page.close();
    });

    it('tells how the system does', async () => {
      const watched = await openPage(browser, address, '/ui/#!/2');
      await watched.page
        .getByText(/healthy|degraded/)
        .first()
        .waitFor();
      for (const figure of ['readings', 'memory', 'event-loop delay, 99 %', 'reading to risk, 99 %'])
        await watched.page.getByText(figure, { exact: true }).waitFor();
      for (const stage of [
        'sensor-buffer',
        'feature-extract',
        'baseline-infer',
        'sequence-infer',
        'ensemble',
      ])
        await watched.page.getByText(stage, { exact: true }).waitFor();
      assert.deepEqual(await overflow(watched.page), []);
      await screenshot(watched.page, 'system');
      isClean(watched);
      await watched.page.close();
    });
  });
});

/** Picks an entry of one of the dashboard's drop-downs. */
async function choose(page: Page, label: string, entry: string): Promise<void> {
  await page.locator('.nr-dashboard-dropdown', { hasText: label }).locator('md-select').click();
  await page.locator('md-option:visible').getByText(entry, { exact: true }).click();
}
