/** What the operator's page does, measured in the page itself: when readings are painted, what its main thread does, its heap. */
import type { CDPSession, Page } from 'playwright-core';

/** Runs in the browser, so it is text. A message is handled after the picture that the change was made for. */
const SCRIPT = `(() => {
  const probe = { painted: [], longTasks: [] };
  window.strandwatchProbe = probe;
  new PerformanceObserver((list) => probe.longTasks.push(...list.getEntries().map(({ duration }) => duration)))
    .observe({ entryTypes: ['longtask'] });
  const clock = document.querySelector('sw-trends').shadowRoot.querySelector('.head .muted');
  const afterPaint = (act) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = act;
    port2.postMessage(null);
  };
  new MutationObserver(() => {
    const text = clock.textContent;
    afterPaint(() => probe.painted.push([text, Date.now()]));
  }).observe(clock, { childList: true, characterData: true, subtree: true });
})()`;

export interface Seen {
  /** Cast time of day of the newest reading on the page, s, and the wall clock after it was painted, ms. */
  readonly painted: readonly (readonly [castS: number, wall: number])[];
  /** Tasks of 50 ms and more, ms. */
  readonly longTasks: readonly number[];
}

export interface PageUse {
  /** s of the main thread since the page was opened. */
  readonly busyS: number;
  /** After a full collection. */
  readonly heapMb: number;
  readonly domNodes: number;
}

export class PageProbe {
  private constructor(
    private readonly page: Page,
    private readonly session: CDPSession,
  ) {}

  static async on(page: Page): Promise<PageProbe> {
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    await page.evaluate(SCRIPT);
    return new PageProbe(page, session);
  }

  async seen(): Promise<Seen> {
    const told = await this.page.evaluate<{ painted: [string, number][]; longTasks: number[] }>(
      'window.strandwatchProbe',
    );
    const painted = told.painted.flatMap(([text, wall]) => {
      const [, h, m, s] = /(\d\d):(\d\d):(\d\d)/.exec(text) ?? [];
      return h === undefined ? [] : [[3600 * Number(h) + 60 * Number(m) + Number(s), wall] as const];
    });
    return { painted, longTasks: told.longTasks };
  }

  async use(): Promise<PageUse> {
    await this.session.send('HeapProfiler.collectGarbage');
    const { metrics } = await this.session.send('Performance.getMetrics');
    const value = (name: string): number => metrics.find((one) => one.name === name)?.value ?? NaN;
    return { busyS: value('TaskDuration'), heapMb: value('JSHeapUsedSize') / 1e6, domNodes: value('Nodes') };
  }
}
