import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sealedLine } from '../../../nodes/lib/checked-line.js';
import { ProofsFile, proofsPath } from '../../../nodes/onnx-model/proofs-file.js';

const key = (letter: string): string => letter.repeat(64);

describe('ProofsFile', () => {
  let userDir = '';
  const reasons: string[] = [];
  const file = () => new ProofsFile(proofsPath(userDir), (reason) => reasons.push(reason));
  const path = () => proofsPath(userDir)!;
  const rowsOf = async (letter: string) => (await file().read()).rowsOf(key(letter));

  beforeEach(() => {
    userDir = mkdtempSync(join(tmpdir(), 'strandwatch-proofs-'));
    reasons.length = 0;
  });
  afterEach(() => rmSync(userDir, { recursive: true, force: true }));

  it('knows at the next start what was proven at this one', async () => {
    assert.equal(await rowsOf('a'), null);
    await file().keep(key('a'), 32);
    await file().keep(key('b'), 1);
    assert.deepEqual([await rowsOf('a'), await rowsOf('b'), await rowsOf('c')], [32, 1, null]);
    assert.deepEqual(reasons, []);
  });

  it('keeps both of two proofs that end at the same time', async () => {
    const one = file();
    await Promise.all([one.keep(key('a'), 8), one.keep(key('b'), 16)]);
    assert.deepEqual([await rowsOf('a'), await rowsOf('b')], [8, 16]);
  });

  it('forgets the oldest of more than 64', async () => {
    const one = file();
    for (let i = 0; i < 66; i++) await one.keep(i.toString(16).padStart(64, '0'), 2);
    const keys = Array.from((await one.read()).all(), ([each]) => parseInt(each, 16));
    assert.deepEqual(
      keys,
      Array.from({ length: 64 }, (_, i) => i + 2),
    );
  });

  it('believes no line that was damaged, and the others', async () => {
    await file().keep(key('a'), 1);
    await file().keep(key('b'), 8);
    writeFileSync(path(), readFileSync(path(), 'utf8').replace('"rows":1', '"rows":9'));
    assert.deepEqual([await rowsOf('a'), await rowsOf('b')], [null, 8]);
    writeFileSync(path(), readFileSync(path(), 'utf8').slice(0, -20));
    assert.equal(await rowsOf('b'), null);
    await file().keep(key('a'), 4);
    assert.equal(await rowsOf('a'), 4);
  });

  const forged: readonly [name: string, fields: object][] = [
    ['more rows than any run takes', { key: key('a'), rows: 33 }],
    ['no row', { key: key('a'), rows: 0 }],
    ['half a row', { key: key('a'), rows: 1.5 }],
    ['rows in words', { key: key('a'), rows: '8' }],
    ['a key that is none', { key: '__proto__', rows: 8 }],
  ];
  for (const [name, fields] of forged)
    it(`believes nothing of ${name}, however well sealed`, async () => {
      await file().keep(key('b'), 2);
      writeFileSync(path(), sealedLine(1, fields), { flag: 'a' });
      assert.deepEqual([...(await file().read()).all()], [[key('b'), 2]]);
    });

  it('tells why proofs can not be kept, and goes on', async () => {
    writeFileSync(join(userDir, 'strandwatch'), 'a file where the folder should be');
    await file().keep(key('a'), 8);
    assert.match(reasons.join(), /proofs\.jsonl: can't be written: .*Models are proven anew at each start/);
    assert.equal(await rowsOf('a'), null);
  });

  it('keeps nothing where there is no user directory', async () => {
    const none = new ProofsFile(proofsPath(undefined), (reason) => reasons.push(reason));
    await none.keep(key('a'), 8);
    assert.deepEqual([(await none.read()).rowsOf(key('a')), reasons], [null, []]);
  });
});
