import assert from 'node:assert/strict';
import type { Browser, Locator, Page } from 'playwright-core';
import { openBrowser, openPage, screenshot, type WatchedPage } from '../support/browser.js';
import { alarmIn, DASHBOARDS, isClean } from '../support/dashboards.js';
import { cleanUp, eventually, StrandWatchProcess } from '../support/strandwatch-process.js';

/** Runs in the browser, so it is text: tones are counted instead of played. */
const SILENT_AUDIO = `
window.tonesStarted = 0;
window.AudioContext = class { currentTime = 0; destination = {}; };
window.OscillatorNode = class { connect(to) { return to; } start() { window.tonesStarted++; } stop() {} };
window.GainNode = class { gain = { setValueAtTime() {}, exponentialRampToValueAtTime() {} }; connect(to) { return to; } };
`;
const tones = (page: Page): Promise<number> => page.evaluate<number>('window.tonesStarted');

/** A thermocouple of the cast `sensor-fault` tells nothing from 840 to 930 s. */
const DROP_OUT_S = 845;

/** `00:18:41 of 00:29:59` -> 1121 */
async function position(player: Locator): Promise<number> {
  const [, h, m, s] = /(\d\d):(\d\d):(\d\d) of/.exec((await player.locator('.times').textContent())!) ?? [
    '',
    'NaN',
  ];
  return 3600 * Number(h) + 60 * Number(m) + Number(s);
}

describe('a demonstration', function () {
  this.timeout(240_000);
  cleanUp();
  let browser: Browser;
  let system: StrandWatchProcess;
  let address: string;
  before(async () => {
    browser = await openBrowser();
    system = new StrandWatchProcess({ options: ['--cast', 'normal', '--speed', '20'] });
    address = await system.ready();
  });
  after(async () => {
    await browser.close();
    await system.kill();
  });

  for (const { name, pages } of DASHBOARDS)
    describe(`in ${name}`, () => {
      let demo: WatchedPage;
      let operator: WatchedPage;
      let player: Locator;
      let strand: Locator;
      const press = (button: string): Promise<void> =>
        player.getByRole('button', { name: button, exact: true }).click();
      const seek = (seconds: number): Promise<void> =>
        player.getByRole('slider', { name: 'Time in the cast' }).fill(String(seconds));
      const sign = (text: string | RegExp): Promise<void> => strand.getByText(text).waitFor();

      before(async () => {
        demo = await openPage(browser, address, pages.demo);
        player = demo.page.locator('sw-player');
        operator = await openPage(browser, address, pages.operator);
        await operator.page.addInitScript(SILENT_AUDIO);
        await operator.page.reload();
        strand = operator.page.locator('sw-cast');
        await demo.page.getByRole('textbox', { name: 'Operator' }).fill('Eva');
        await demo.page.getByRole('textbox', { name: 'Operator' }).press('Enter');
        await demo.page.locator('sw-bar').getByText('● live').waitFor();
      });
      after(async () => {
        isClean(demo);
        isClean(operator);
        await demo.page.close();
        await operator.page.close();
      });

      it('begins each scenario with a cast of its kind, tells its true events, and how much of the past is known', async () => {
        const events = player.getByRole('group', { name: 'What really happened' });
        for (const [scenario, cast, event] of [
          ['Developing defect', 'crack', 'longitudinal crack'],
          ['Sticker', 'sticker', 'sticker'],
          ['Normal', 'normal', ''],
          ['Sensor fault', 'sensor-fault', ''],
        ] as const) {
          await press(scenario);
          await sign(cast);
          await eventually(`the events of ${cast}`, async () => (await events.textContent()) === event);
          await player.getByText('playing', { exact: true }).waitFor();
          await sign(/warming up, \d+ of 600 s known/);
        }
      });

      it('shows faulty sensors by shape and words, and lets the confidence sink', async () => {
        await player.getByRole('combobox', { name: 'Speed' }).selectOption('5x');
        await press('Sensor fault');
        await sign('sensor-fault');
        await seek(DROP_OUT_S);
        await sign(/✕ \d sensors? bad/);
        await press('Pause');
        const tile = operator.page.locator('sw-trends .tile.bad').first();
        await tile.getByText(/✕ bad: /).waitFor();
        const confidence = strand.getByText('confidence').locator('..');
        await eventually(
          'a confidence below 100 %',
          async () => Number.parseInt((await confidence.innerText()).split('\n')[1]!) < 100,
        );
        await screenshot(operator.page, `operator-sensor-fault-${name}`);
        await player.getByRole('combobox', { name: 'Speed' }).selectOption('20x');
      });

      it('goes on with one model when the other fails, with the rules when both do, and comes back', async () => {
        await press('Normal');
        const failure = player.getByRole('button', { name: 'Model failure' });
        await press('Model failure');
        await sign('✕ sequence model silent');
        const why = operator.page.locator('sw-explanation');
        await why.getByText('✕ sequence model silent: its failure is simulated').waitFor();
        await operator.page
          .locator('sw-risk-chart .key')
          .getByText(/^sequence –$/)
          .waitFor();
        await operator.page.locator('sw-strands').getByText('one model is silent').waitFor();
        assert.equal(await failure.getAttribute('aria-pressed'), 'true');
        await press('All models fail');
        await sign('✕ rules only');
        await sign('defect risk by rules · normal');
        assert.equal(await failure.getAttribute('aria-pressed'), 'false');
        await screenshot(operator.page, `operator-rules-only-${name}`);
        await press('All models fail');
        await eventually('both models', async () => (await strand.locator('.chip.fault').count()) === 0);
        assert.match(await operator.page.locator('sw-risk-chart .key').innerText(), /sequence \d+ %/);
      });

      it('moves in the cast by dragging and by keys, stays where it was let go, and runs on', async () => {
        await player.getByText('playing', { exact: true }).waitFor();
        await press('Pause');
        await player.getByText('paused', { exact: true }).waitFor();
        const line = player.getByRole('slider', { name: 'Time in the cast' });
        const { x, y, width, height } = (await line.boundingBox())!;
        const { mouse } = demo.page;
        await mouse.move(x + 0.1 * width, y + height / 2);
        await mouse.down();
        await mouse.move(x + 0.5 * width, y + height / 2, { steps: 5 });
        const dragged = await position(player);
        assert.ok(Math.abs(dragged - 900) < 30, `${dragged} s while it is dragged`);
        await mouse.up();
        await demo.page.reload();
        await eventually('the replay to be there', async () => (await position(player)) === dragged);
        await line.press('ArrowRight');
        await line.press('ArrowRight');
        await line.press('PageDown');
        await eventually(
          'two steps on, a minute back',
          async () => (await position(player)) === dragged - 40,
        );
        // Pressed and let go at the same place: the line still follows the cast.
        await line.click({ position: { x: (width * (dragged - 40)) / 1800, y: height / 2 } });
        await press('Resume');
        const before = await position(player);
        await eventually('the cast to run on', async () => (await position(player)) > before + 20);
      });

      it('sounds while a critical alarm is unacknowledged, unless this browser is muted', async () => {
        const { page } = operator;
        await press('Sticker');
        await sign('sticker');
        await seek(1060);
        const alarm = alarmIn(page, 'Strand 1', 'critical', 'unacknowledged');
        await alarm.waitFor();
        await press('Pause');
        assert.equal(await alarm.locator('.shape').textContent(), '◆');
        // Browsers play nothing before the first click.
        await page.locator('sw-strands').getByRole('button', { name: 'Strand 1' }).click();
        await eventually('a tone', async () => (await tones(page)) >= 2);
        await page.getByRole('button', { name: 'Sound: on' }).click();
        const heard = await tones(page);
        const mutedAt = performance.now();
        await eventually('longer than the pause between tones', () => performance.now() - mutedAt > 3500);
        assert.equal(await tones(page), heard);
        await page.reload();
        await page.getByRole('button', { name: 'Sound: off' }).click();
        await eventually('a tone again', async () => (await tones(page)) >= 2);

        await page.getByRole('textbox', { name: 'Operator' }).fill('Ann');
        await page.getByRole('textbox', { name: 'Operator' }).press('Enter');
        await alarm.getByRole('button', { name: 'Acknowledge', exact: true }).click();
        await page.getByRole('button', { name: 'Acknowledge now' }).click();
        const acknowledged = alarmIn(page, 'Strand 1', 'critical', 'acknowledged · by Ann');
        await acknowledged.waitFor();
        assert.equal(await acknowledged.locator('.shape').textContent(), '◇');
      });
    });
});
