/** The casts that a folder holds, to choose from in the form. */
import { fieldOf } from '../lib/editor/form-field.js';
import type { Offer } from '../lib/editor/prepare-form.js';

/** As `casts-http.ts` sends it. */
interface Cast {
  readonly id: string;
  readonly title?: string;
}

/** ms without a key pressed before the folder is looked into. */
const TYPING_MS = 400;

/** Follows the form's folder; a folder that can't be read has none, and the node says why once it runs. */
export const castsOfFolder: Offer = (tell) => {
  const folder = fieldOf('folder');
  let timer: number | undefined;
  let asked: string | null = null;
  const ask = (): void => {
    const wanted = String(folder.val() ?? '');
    if (wanted === asked) return;
    asked = wanted;
    const show = (casts: readonly Cast[]): void => {
      if (asked === wanted) tell(casts.map(({ id, title }) => ({ value: id, label: title ?? id })));
    };
    void $.getJSON(`strandwatch/casts?folder=${encodeURIComponent(wanted)}`)
      .done(({ casts }: { casts: readonly Cast[] }) => show(casts))
      .fail(() => show([]));
  };
  folder.on('change keyup paste', () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(ask, TYPING_MS);
  });
  ask();
};
