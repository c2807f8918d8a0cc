import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8');
/** Runs in the browser. What dashboards and editor draw around our part of a page is not ours to mend. */
const scriptFor = (
  part: string,
): string => `axe.run({ include: ['${part}'] }).then(({ violations }) => violations
  .filter(({ impact }) => impact === 'serious' || impact === 'critical')
  .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + ' ' + target.flat().join(' ') + ': ' + failureSummary)))`;

/** What axe-core calls serious or critical on our part of a page. */
export async function seriousIssues(page: Page, part = '.sw-page'): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(scriptFor(part));
}
