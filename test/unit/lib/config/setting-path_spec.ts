import assert from 'node:assert/strict';
import { isWithin, keysOf, valueAt, withValueAt } from '../../../../nodes/lib/config/setting-path.js';

describe('a setting path', () => {
  it('reads what is there, and undefined where nothing is', () => {
    const tree = { alerts: { deadband: 0 }, list: [{ name: 'a' }] };
    assert.equal(valueAt(tree, keysOf('alerts.deadband')), 0);
    assert.equal(valueAt(tree, keysOf('list.0.name')), 'a');
    assert.equal(valueAt(tree, keysOf('alerts.nothing.here')), undefined);
    assert.equal(valueAt(null, keysOf('alerts')), undefined);
  });

  it('replaces one value and leaves the original as it was', () => {
    const tree = { alerts: { deadband: 0.1 }, list: [1, 2] };
    assert.deepEqual(withValueAt(tree, keysOf('alerts.deadband'), 0.2), {
      alerts: { deadband: 0.2 },
      list: [1, 2],
    });
    assert.deepEqual(withValueAt(tree, keysOf('list.1'), 5), { alerts: { deadband: 0.1 }, list: [1, 5] });
    assert.equal(tree.alerts.deadband, 0.1);
  });

  it('makes the sections on the way', () => {
    assert.deepEqual(withValueAt(null, keysOf('models.baseline.enabled'), false), {
      models: { baseline: { enabled: false } },
    });
  });

  it('knows which setting lies within another', () => {
    assert.ok(isWithin('alerts.thresholds.warning', 'alerts'));
    assert.ok(isWithin('alerts', 'alerts'));
    assert.ok(!isWithin('alerts_other', 'alerts'));
  });

  for (const path of ['', 'alerts.', '.alerts', '__proto__.polluted', 'constructor.prototype', 'a.toString'])
    it(`refuses ${JSON.stringify(path)}`, () =>
      assert.throws(() => keysOf(path), { code: 'CONFIG_INVALID' }));
});
