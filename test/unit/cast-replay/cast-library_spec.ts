import assert from 'node:assert/strict';
import { join } from 'node:path';
import { castNamed, listCasts, publicEntry } from '../../../nodes/cast-replay/cast-library-file.js';
import { shipped } from '../../../nodes/lib/package-paths.js';
import { castCsv, castFolder, castIndex, removeCastFolders } from '../../support/cast-files.js';

const ids = async (folder: string): Promise<string[]> => (await listCasts(folder)).map(({ id }) => id);

describe('listCasts', () => {
  afterEach(removeCastFolders);

  it('takes what the index lists, in its order, and nothing of its labels', async () => {
    const folder = castFolder({
      'casts.json': castIndex(
        { id: 'b', title: 'Second', mold: 'M1', events: [{ type: 'sticker' }] },
        { id: 'a' },
      ),
      'a.csv': castCsv(3),
      'b.csv': castCsv(3),
      'c.csv': castCsv(3),
    });
    const [first, second] = await listCasts(folder);
    assert.deepEqual(publicEntry(first!), {
      id: 'b',
      title: 'Second',
      mold: 'M1',
      start: '2026-03-02T06:00:00Z',
    });
    assert.equal(first!.path, join(folder, 'b.csv'));
    assert.equal(second!.id, 'a');
  });

  it('takes every CSV file of a folder without an index, 2 before 10', async () => {
    const folder = castFolder({ '10.csv': '', '2.CSV': '', 'notes.txt': '', '1.csv': '' });
    assert.deepEqual(await ids(folder), ['1', '2', '10']);
  });

  it('takes one CSV file', async () => {
    assert.deepEqual(await ids(join(castFolder({ 'run.csv': castCsv(1) }), 'run.csv')), ['run']);
  });

  it('finds the casts that come with the package', async () => {
    assert.ok((await ids(shipped.casts())).includes('sticker'));
  });

  const wrong: readonly [name: string, index: string, told: RegExp][] = [
    ['is no JSON', '{ "casts": [', /casts.json: expected an index of casts/],
    ['has no casts', '{}', /casts/],
    ['has a cast without a file', '{ "casts": [{ "id": "a" }] }', /file/],
    [
      'has a cast outside the folder',
      '{ "casts": [{ "id": "a", "file": "../a.csv" }] }',
      /outside the folder/,
    ],
    ['has more than any library needs', ' '.repeat(33 * 1024 * 1024), /more than 33554432/],
    [
      'has a start that is no time',
      '{ "casts": [{ "id": "a", "file": "a.csv", "start": "today" }] }',
      /start/,
    ],
    [
      'has a start without a time zone',
      '{ "casts": [{ "id": "a", "file": "a.csv", "start": "2026-03-02T06:00:00" }] }',
      /start/,
    ],
  ];
  for (const [name, index, told] of wrong)
    it(`refuses an index that ${name}, and says where`, async () => {
      await assert.rejects(listCasts(castFolder({ 'casts.json': index })), {
        code: 'CAST_INVALID',
        message: told,
      });
    });

  it('refuses a folder that is not there', async () => {
    await assert.rejects(listCasts('/nowhere'), { code: 'CAST_UNREADABLE' });
  });
});

describe('castNamed', () => {
  const casts = [{ id: 'a', path: '/casts/a.csv' }];

  it('finds a cast by its id', () => assert.equal(castNamed('a', casts, '/casts').path, '/casts/a.csv'));

  it('finds a CSV file beside the casts and below, and anywhere for who may edit the flow', () => {
    assert.equal(castNamed('more/b.csv', casts, '/casts').path, '/casts/more/b.csv');
    assert.equal(castNamed('b.csv', casts, '/casts/a.csv').path, '/casts/b.csv');
    assert.equal(castNamed('/casts/b.csv', casts, '/casts/').path, '/casts/b.csv');
    assert.equal(castNamed('/data/b.csv', casts, '/casts', true).path, '/data/b.csv');
  });

  const outside: readonly [name: string, cast: string, folder: string][] = [
    ['an absolute path', '/etc/passwd.csv', '/casts'],
    ['a way up', '../plant/secret.csv', '/casts'],
    ['a way down and up again', 'more/../../secret.csv', '/casts'],
    ['a folder whose name only begins alike', '/casts-of-others/b.csv', '/casts'],
    ['a way up from a single file', '../secret.csv', '/casts/a.csv'],
  ];
  for (const [name, cast, folder] of outside)
    it(`lets no message leave the folder by ${name}`, () =>
      assert.throws(() => castNamed(cast, casts, folder), {
        code: 'CAST_UNREADABLE',
        message: /outside the casts folder \/casts, where no message may reach\. Copy it there/,
      }));

  it('knows a file by its id when the index has it', () =>
    assert.equal(castNamed('a.csv', casts, '/casts').id, 'a'));

  it('lists what there is when it finds nothing', () => {
    assert.throws(() => castNamed('z', casts, '/casts'), /cast "z": not in \/casts, which has a\./);
  });
});
