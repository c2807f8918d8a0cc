import type { Page } from 'playwright-core';

/** Runs in the browser, so it is text: a bundler's helpers are not there. */
const SCRIPT = `(() => {
  const within = (tree) => [...tree.querySelectorAll('*')].flatMap((box) => [box, ...(box.shadowRoot ? within(box.shadowRoot) : [])]);
  const roots = [document, ...within(document).flatMap((box) => box.shadowRoot ?? [])];
  const mustFit = 'html, .panel, .scroll, .tile, .card, .alarm, .value, .risk, .title, button, td, th, .setting, .chip, h2';
  return roots
    .flatMap((root) => [...root.querySelectorAll(mustFit)])
    .filter(({ clientWidth, scrollWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1)
    .map((box) => box.tagName + '.' + box.className + ': ' + box.textContent.trim().slice(0, 80));
})()`;

/** Texts wider than their place, in widgets too. */
export const clippedText = (page: Page): Promise<string[]> => page.evaluate(SCRIPT);
