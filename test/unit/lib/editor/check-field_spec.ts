import assert from 'node:assert/strict';
import { parseConfig } from '../../../../nodes/alert-manager/alert-manager.config.js';
import { checkField } from '../../../../nodes/lib/editor/check-field.js';

describe('the validator of a form field', () => {
  const validate = checkField('warning', parseConfig);

  for (const value of ['', '0.5', 0.5, '${WARNING}'])
    it(`takes ${JSON.stringify(value)}`, () => assert.equal(validate(value), true));

  it('says in words what is wrong', () => {
    assert.equal(validate('5'), 'Warning threshold: expected a number from 0 to 1, got "5".');
  });

  it('takes two arguments, for Node-RED holds the words of any other to mean that the field is fine', () => {
    assert.equal(validate.length, 2);
  });
});
