/** What this browser remembers for its user: name, theme, sound, strand. Kept in the browser, told to nobody. */

export type ThemeChoice = 'auto' | 'light' | 'dark';

const PREFIX = 'strandwatch.';

function read(key: string): string | null {
  try {
    return localStorage.getItem(PREFIX + key);
  } catch {
    return null; // storage is switched off: nothing is remembered
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(PREFIX + key, value);
  } catch {
    // As above.
  }
}

export const preferences = {
  get operator(): string {
    return read('operator') ?? '';
  },
  set operator(name: string) {
    write('operator', name);
  },
  get theme(): ThemeChoice {
    const kept = read('theme');
    return kept === 'light' || kept === 'dark' ? kept : 'auto';
  },
  set theme(choice: ThemeChoice) {
    write('theme', choice);
  },
  get muted(): boolean {
    return read('muted') === 'true';
  },
  set muted(muted: boolean) {
    write('muted', String(muted));
  },
  get strand(): string | null {
    return read('strand');
  },
  set strand(strand: string | null) {
    write('strand', strand ?? '');
  },
};
