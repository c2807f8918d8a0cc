import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { packageRoot } from '../../../nodes/lib/package-paths.js';

const NODES = join(packageRoot(), 'nodes');
const rooms = readdirSync(NODES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'lib')
  .map(({ name }) => name);

interface SourceFile {
  /** Path from `nodes/`, such as `ensemble/combine.ts`. */
  readonly file: string;
  readonly room: string;
  readonly imports: readonly string[];
}

const sources: readonly SourceFile[] = readdirSync(NODES, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({
    file: file.split(sep).join('/'),
    room: file.split(sep)[0]!,
    imports: [
      ...readFileSync(join(NODES, file), 'utf8').matchAll(/(?:from|import|require\()\s*\(?'([^']+)'/g),
    ].map(([, name]) => name!),
  }));

/** The room that an import leads to; null when it leads out of `nodes/` or to a package. */
function roomOf({ file }: SourceFile, imported: string): string | null {
  if (!imported.startsWith('.')) return null;
  const target = relative(NODES, resolve(NODES, dirname(file), imported));
  return target.startsWith('..') ? null : target.split(sep)[0]!;
}

const offenders = (offends: (source: SourceFile, imported: string) => boolean): string[] =>
  sources.flatMap((source) =>
    source.imports
      .filter((imported) => offends(source, imported))
      .map((imported) => `${source.file} imports ${imported}`),
  );

describe('the borders of the house', () => {
  it('are watched: every room has files', () => {
    for (const room of rooms)
      assert.ok(
        sources.some((source) => source.room === room),
        room,
      );
    assert.ok(sources.some(({ imports }) => imports.length > 0));
  });

  it('a node imports no other node', () => {
    assert.deepEqual(
      offenders((source, imported) => {
        const room = roomOf(source, imported);
        return source.room !== 'lib' && room !== null && room !== 'lib' && room !== source.room;
      }),
      [],
    );
  });

  it('lib imports no node', () => {
    assert.deepEqual(
      offenders(
        (source, imported) => source.room === 'lib' && rooms.includes(roomOf(source, imported) ?? ''),
      ),
      [],
    );
  });

  it('nodes import nothing from outside of nodes but packages', () => {
    assert.deepEqual(
      offenders((source, imported) => imported.startsWith('.') && roomOf(source, imported) === null),
      [],
    );
  });

  it('settings and forms run in the browser: no zod, no yaml, no Node.js', () => {
    const isBrowserFile = ({ file }: SourceFile): boolean => /\.(config|editor)\.ts$/.test(file);
    assert.deepEqual(
      offenders(
        (source, imported) =>
          isBrowserFile(source) && /^(node:|zod$|yaml$|prom-client$|pino$)/.test(imported),
      ),
      [],
    );
  });
});
