import { button, el } from './dom.js';
import { store } from './store.js';

const STYLE =
  'padding: 16px 20px; border: 1px solid var(--sw-line); border-radius: 6px; background: var(--sw-panel); color: var(--sw-text); font: 16px system-ui, sans-serif';

/** Asks once who operates this browser; what is done here is recorded under that name. @returns false when they would not say */
export function askOperator(): Promise<boolean> {
  return new Promise((resolve) => {
    const name = el('input', {
      attributes: { 'aria-label': 'Your name', maxlength: '100', autocomplete: 'name', required: '' },
    });
    const form = el('form', { attributes: { method: 'dialog' } });
    const cancel = button('Cancel', () => dialog.close('cancel'));
    const title = el('p', { text: 'Who are you? Your name goes into the record of what you do.' });
    form.append(title, name, el('button', { text: 'That is me', attributes: { type: 'submit' } }), cancel);
    for (const part of [name, ...form.querySelectorAll('button')])
      part.style.cssText = 'font: inherit; margin: 4px 8px 0 0; padding: 4px 10px';
    const dialog = el('dialog', { attributes: { 'aria-label': 'Operator', style: STYLE } }, form);
    dialog.addEventListener('close', () => {
      const given = dialog.returnValue === 'cancel' ? '' : name.value.trim();
      if (given !== '') store.setOperator(given);
      dialog.remove();
      resolve(given !== '');
    });
    document.body.append(dialog);
    dialog.showModal();
    name.focus();
  });
}
