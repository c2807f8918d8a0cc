import assert from 'node:assert/strict';
import { trainedOtherwise } from '../../../nodes/lib/inference/trained-otherwise.js';

const card = { name: 'strandwatch-baseline', version: '1.0.0', featureSpec: 'a'.repeat(64) };

describe('trainedOtherwise', () => {
  it('has nothing to say when the model was trained with the configuration in force', () => {
    assert.equal(trainedOtherwise(card, 'a'.repeat(64)), null);
  });

  it('has nothing to say of a card that does not tell', () => {
    assert.equal(trainedOtherwise({ name: 'm', version: '1' }, 'b'.repeat(64)), null);
  });

  it('tells that the probabilities may be off, and what to do', () => {
    assert.match(
      trainedOtherwise(card, 'b'.repeat(64))!,
      /^strandwatch-baseline 1\.0\.0 was trained .*aaaaaaaaaaaa.*bbbbbbbbbbbb.*may be off\. Go back/,
    );
  });
});
