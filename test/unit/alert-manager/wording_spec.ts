import assert from 'node:assert/strict';
import { percent, sentence, strandName } from '../../../nodes/alert-manager/wording.js';

const cause = (feature: string) => ({
  ...{ model: 'baseline' as const, feature, value: 1, unit: '', windowS: null, usual: null, normal: null },
  ...{ contribution: 1, features: [feature], text: `<${feature}>`, detail: '' },
});

describe('the sentence of an alarm', () => {
  it('tells strand, headline and why', () =>
    assert.equal(
      sentence('1', `defect risk ${percent(0.864)}`, [cause('tc_u1.mean.10s')]),
      'Strand 1: defect risk 86 %: <tc_u1.mean.10s>',
    ));
  it('ends at the headline when no model gave a reason', () =>
    assert.equal(sentence('1', 'defect risk 60 %', []), 'Strand 1: defect risk 60 %'));
  it('names at most three causes', () => {
    const causes = ['a', 'b', 'c', 'd'].map(cause);
    assert.equal(sentence('1', 'x', causes), 'Strand 1: x: <a>; <b>; <c>');
  });
  it('does not say strand twice', () => {
    assert.equal(strandName('2'), 'Strand 2');
    assert.equal(strandName('caster-A-strand-2'), 'caster-A-strand-2');
  });
});
