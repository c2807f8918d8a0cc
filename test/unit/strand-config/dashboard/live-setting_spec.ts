import assert from 'node:assert/strict';
import { resetPath, settingChange } from '../../../../nodes/strand-config/dashboard/live-setting.js';

describe('a setting changed from a dashboard', () => {
  const webhook = {
    channels: [{ name: 'x', type: 'webhook', url: 'https://x.example', token_env: 'SECRET' }],
  };
  const refused: readonly [name: string, path: unknown, value: unknown][] = [
    ['sends notifications elsewhere', 'alerts.notification', webhook],
    ['sends one channel elsewhere', 'alerts.notification.channels.0.url', 'https://x.example'],
    ['replaces all of alerts, notifications among it', 'alerts', { notification: webhook }],
    ['says where files lie', 'logging.directory', '/etc'],
    ['says what is measured', 'sensors', []],
    ['names no path', undefined, 1],
    ['names the prototype', '__proto__.polluted', 1],
    ['gives no value', 'alerts.deadband', undefined],
  ];
  for (const [name, path, value] of refused)
    it(`is refused when it ${name}`, () =>
      assert.throws(() => settingChange({ path, value }), { code: 'FIELD_INVALID' }));

  for (const path of [
    'alerts.thresholds.warning',
    'alerts.deadband',
    'models.baseline.enabled',
    'alerts.notifications',
  ])
    it(`is taken at ${path}`, () => assert.deepEqual(settingChange({ path, value: 1 }), { path, value: 1 }));

  it('can always be taken back', () => {
    assert.equal(resetPath({ path: 'alerts' }), 'alerts');
    assert.equal(resetPath({}), undefined);
  });
});
