import assert from 'node:assert/strict';
import { proofKey, surroundings, type ProofBasis } from '../../../nodes/onnx-model/proof-key-file.js';

const basis: ProofBasis = {
  fingerprint: 'card graph',
  golden: null,
  engine: { name: 'native', version: '1.30.0' },
  surroundings: ['0.1.0', 'v24', 'linux', 'x64', 'flags: avx2'],
};

describe('What a proof is remembered by', () => {
  it('is the same for the same', () => assert.equal(proofKey({ ...basis }), proofKey(basis)));

  const others: readonly [name: string, change: Partial<ProofBasis>][] = [
    ['card or graph', { fingerprint: 'card other' }],
    ['golden vectors', { golden: { tolerance: 1e-5, inputs: {}, outputs: {} } }],
    ['engine', { engine: { name: 'wasm', version: '1.30.0' } }],
    ['version of the engine', { engine: { name: 'native', version: '1.31.0' } }],
    [
      'processor, as when the user directory moves to another machine',
      { surroundings: [...basis.surroundings, 'avx512f'] },
    ],
  ];
  for (const [name, change] of others)
    it(`is another for another ${name}`, () =>
      assert.notEqual(proofKey({ ...basis, ...change }), proofKey(basis)));

  it('names the release, Node and the processor, and stays the same from one start to the next', async () => {
    const [release, node, ...machine] = await surroundings();
    assert.match(release!, /^\d+\.\d+\.\d+/);
    assert.equal(node, process.version);
    assert.ok(machine.length >= 3, machine.join());
    assert.deepEqual(await surroundings(), [release, node, ...machine]);
  });
});
