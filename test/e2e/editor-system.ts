/** One runtime and one browser for all specs of the editor: each start costs seconds. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../support/browser.js';
import { Editor } from '../support/editor.js';
import { cleanUp, ROOT, StrandWatchProcess } from '../support/strandwatch-process.js';

export class EditorSystem {
  private started: Promise<{ browser: Browser; address: string }> | undefined;

  /** Starts what the first caller needs; the others find it running. */
  private start(): Promise<{ browser: Browser; address: string }> {
    this.started ??= Promise.all([openBrowser(), new StrandWatchProcess().ready()]).then(
      ([browser, address]) => ({ browser, address }),
    );
    return this.started;
  }

  async open(language?: string): Promise<Editor> {
    const { browser, address } = await this.start();
    return Editor.open(browser, address, language);
  }

  /** Puts other flows in place of those that run, as a full deploy does. */
  async deploy(flows: readonly object[]): Promise<void> {
    const { address } = await this.start();
    const response = await fetch(`${address}/flows`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(flows),
    });
    if (!response.ok) throw new Error(`deploying answered ${response.status}: ${await response.text()}`);
  }

  async close(): Promise<void> {
    await (await this.started)?.browser.close();
  }
}

export const SHIPPED_FLOW = JSON.parse(
  readFileSync(join(ROOT, 'flows', 'strandwatch.json'), 'utf8'),
) as readonly object[];

export const editorSystem = new EditorSystem();
cleanUp();
after(() => editorSystem.close());
