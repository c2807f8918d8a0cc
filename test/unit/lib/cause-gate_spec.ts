import assert from 'node:assert/strict';
import { CauseGate } from '../../../nodes/lib/cause-gate.js';
import { ModelError } from '../../../nodes/lib/errors.js';
import { FakeClock } from '../../support/fake-clock.js';

const missing = (): Error => new ModelError('MODEL_MISSING', 'no model');
const broken = (): Error => new Error('broken');

describe('CauseGate', () => {
  it('lets a cause through once, however many messages suffer', () => {
    const gate = new CauseGate(new FakeClock());
    assert.ok(gate.admit(missing()));
    assert.equal(gate.admit(missing()), undefined);
    assert.ok(gate.admit(broken()), 'another cause is news');
    assert.equal(gate.admit(missing()), undefined);
  });

  it('takes a cause for news again when it was gone for a minute', () => {
    const clock = new FakeClock();
    const gate = new CauseGate(clock);
    gate.admit(missing());
    for (let i = 0; i < 5; i++) {
      clock.advance(50_000);
      assert.equal(gate.admit(missing()), undefined, 'it was never gone for long');
    }
    clock.advance(60_001);
    assert.ok(gate.admit(missing()));
  });
});
