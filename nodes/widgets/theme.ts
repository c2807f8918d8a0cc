import { preferences, type ThemeChoice } from './preferences.js';
import { store } from './store.js';

const prefersDark = matchMedia('(prefers-color-scheme: dark)');

export const isDark = (): boolean =>
  preferences.theme === 'auto' ? prefersDark.matches : preferences.theme === 'dark';

export function applyTheme(): void {
  document.documentElement.dataset.swTheme = isDark() ? 'dark' : 'light';
  store.changed();
}

export function setTheme(choice: ThemeChoice): void {
  preferences.theme = choice;
  applyTheme();
}

export const followSystemTheme = (): void => prefersDark.addEventListener('change', applyTheme);

/** A colour of the theme in force, for canvases. */
export const colour = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(`--sw-${name}`).trim();
