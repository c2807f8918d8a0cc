import type { Page } from 'playwright-core';

/** Runs in the browser, so it is text: a bundler's helpers are not there. */
const SCRIPT = `(() => {
  const rows = [...document.querySelectorAll('.strandwatch-row')];
  const within = (selector) => rows.flatMap((row) => [...row.querySelectorAll(selector)]);
  const isWide = ({ clientWidth, scrollWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1;
  const paper = document.createElement('canvas').getContext('2d');
  // What a select shows has no box of its own: it is measured, with the room that its arrow takes.
  const isWideSelect = (select) => {
    const { font, paddingLeft } = getComputedStyle(select);
    paper.font = font;
    const text = select.selectedOptions[0]?.textContent ?? '';
    return select.clientWidth > 0 && paper.measureText(text).width + parseFloat(paddingLeft) + 20 > select.clientWidth;
  };
  return [
    ...within('label, .strandwatch-unit, .strandwatch-said, .red-ui-typedInput-type-select').filter(isWide),
    ...within('select').filter(isWideSelect).map((select) => select.selectedOptions[0]),
  ].map((box) => box.textContent.trim());
})()`;

/** Texts of an edit form that are wider than their place. */
export const clippedFields = (page: Page): Promise<string[]> => page.evaluate(SCRIPT);
