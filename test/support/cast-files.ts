/** Small recorded casts in a folder of their own, for tests. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folders: string[] = [];

/** A new folder with these files; `removeCastFolders` takes all of them away. */
export function castFolder(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'strandwatch-casts-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

export function removeCastFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** A cast as the simulator writes it: one row a second, the level counting up from `from`. */
export function castCsv(seconds: number, from = 100): string {
  const rows = Array.from(
    { length: seconds },
    (_, t) => `${t},${(t / 50).toFixed(3)},${from + t},1.2,0,0,0,0`,
  );
  return ['t,S_m,mold_level,casting_speed,y_any,y_mech,ignore,sensor_fault', ...rows, ''].join('\n');
}

/** The index of casts that all started at the same time. */
export function castIndex(
  ...casts: readonly { readonly id: string; readonly [key: string]: unknown }[]
): string {
  return JSON.stringify({
    casts: casts.map((cast) => ({ file: `${cast.id}.csv`, start: '2026-03-02T06:00:00Z', ...cast })),
  });
}
