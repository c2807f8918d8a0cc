/** The casts that a folder holds, to choose from in the form. */
import { fieldOf, rowOf } from '../lib/editor/form-field.js';
import type { Offer } from '../lib/editor/prepare-form.js';

/** As `casts-http.ts` sends them. */
interface Cast {
  readonly id: string;
  readonly title?: string;
}

interface Answer {
  readonly casts: readonly Cast[];
  readonly problem: string | null;
}

/** ms without a key pressed before the folder is looked into. */
const TYPING_MS = 400;

/** Follows the form's folder, and says below it why it has no casts. */
export const castsOfFolder: Offer = (tell) => {
  const folder = fieldOf('folder');
  const said = $('<div class="strandwatch-said strandwatch-problem" role="status">');
  rowOf(folder).append(said);
  let timer: number | undefined;
  let asked: string | null = null;
  const ask = (): void => {
    const wanted = String(folder.val() ?? '');
    if (wanted === asked) return;
    asked = wanted;
    void $.getJSON(`strandwatch/casts?folder=${encodeURIComponent(wanted)}`).done(
      ({ casts, problem }: Answer) => {
        if (asked !== wanted) return;
        said.text(problem ?? '').toggle(problem !== null);
        tell(casts.map(({ id, title }) => ({ value: id, label: title ?? id })));
      },
    );
  };
  folder.on('change keyup paste', () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(ask, TYPING_MS);
  });
  ask();
};
