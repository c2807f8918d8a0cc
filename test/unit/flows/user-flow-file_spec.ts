import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FLOW_FILE, provideFlow } from '../../../flows/user-flow-file.js';

describe("the user's copy of the shipped flow", () => {
  let folder: string;
  let shipped: string;
  let userDir: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'strandwatch-'));
    shipped = join(folder, 'shipped.json');
    userDir = join(folder, 'user');
    ship('first');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const ship = (label: string): void => writeFileSync(shipped, JSON.stringify([{ type: 'tab', label }]));
  const write = (content: string): void => writeFileSync(join(userDir, FLOW_FILE), content);
  const read = (): string => readFileSync(join(userDir, FLOW_FILE), 'utf8');
  const label = (): unknown => (JSON.parse(read()) as { label: unknown }[])[0]!.label;

  it('is made at the first start', () => {
    assert.equal(provideFlow(shipped, userDir), 'copied');
    assert.equal(label(), 'first');
  });

  it('stays as it is at later starts', () => {
    provideFlow(shipped, userDir);
    assert.equal(provideFlow(shipped, userDir), 'unchanged');
  });

  it('keeps what the user edited, at every start', () => {
    provideFlow(shipped, userDir);
    write('[{"type":"tab","label":"mine"}]');
    assert.equal(provideFlow(shipped, userDir), 'unchanged');
    assert.equal(provideFlow(shipped, userDir), 'unchanged');
    assert.equal(label(), 'mine');
  });

  it('follows a new version of the shipped flow while nobody edited it', () => {
    provideFlow(shipped, userDir);
    ship('second');
    assert.equal(provideFlow(shipped, userDir), 'updated');
    assert.equal(label(), 'second');
  });

  it('counts as unedited when Node-RED only wrote it with another indentation', () => {
    provideFlow(shipped, userDir);
    write(JSON.stringify(JSON.parse(read()), null, 4));
    ship('second');
    assert.equal(provideFlow(shipped, userDir), 'updated');
  });

  it('is kept, and told, when it was edited and the shipped one changed', () => {
    provideFlow(shipped, userDir);
    write('[{"type":"tab","label":"mine"}]');
    ship('second');
    assert.equal(provideFlow(shipped, userDir), 'kept');
    assert.equal(provideFlow(shipped, userDir), 'kept');
    assert.equal(label(), 'mine');
  });

  it('is kept when nothing tells where it came from, even if it is no JSON', () => {
    provideFlow(shipped, userDir);
    rmSync(join(userDir, '.flows-origin.json'));
    write('not JSON');
    assert.equal(provideFlow(shipped, userDir), 'kept');
    assert.equal(read(), 'not JSON');
  });
});
