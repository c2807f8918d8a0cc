import assert from 'node:assert/strict';
import { defaults, parseConfig } from '../../../nodes/feature-extract/feature-extract.config.js';

describe('settings of feature-extract', () => {
  it('leave the word to the configuration where the form is blank', () => {
    assert.deepEqual(parseConfig(defaults), { name: '', strandConfig: '', inferenceInterval: undefined });
  });

  it('read numbers as the editor keeps them', () => {
    assert.equal(parseConfig({ ...defaults, inferenceInterval: '2.5' }).inferenceInterval, 2.5);
  });

  const refused: readonly [name: string, fields: object, message: RegExp][] = [
    [
      'an interval of nothing',
      { inferenceInterval: '0' },
      /Inference interval: expected a number from 0\.001/,
    ],
    ['an interval that is a word', { inferenceInterval: 'often' }, /got "often"/],
    ['a form of a newer version', { version: 2 }, /a newer StrandWatch wrote it/],
  ];
  for (const [name, fields, message] of refused)
    it(`refuse ${name}`, () => assert.throws(() => parseConfig({ ...defaults, ...fields }), { message }));
});
