import assert from 'node:assert/strict';
import type { LiveChange } from '../../../nodes/lib/config-node.js';
import { Configuration } from '../../../nodes/strand-config/configuration.js';

const FILE = { sensors: [{ name: 'mold_level', unit: 'mm', range: [0, 200] }] };
const withAlerts = (alerts: object) => ({ ...FILE, alerts });
const change = (path: string, value: unknown): LiveChange => ({
  path,
  value,
  by: 'anna',
  at: '2026-01-01T00:00:00.000Z',
});

describe('Configuration', () => {
  describe('precedence', () => {
    const rows: readonly [
      name: string,
      file: object,
      own: number | undefined,
      live: number | null,
      expected: number,
    ][] = [
      ['a live change comes before all', withAlerts({ deadband: 0.2 }), 0.3, 0.4, 0.4],
      ["a node's own field comes before the file", withAlerts({ deadband: 0.2 }), 0.3, null, 0.3],
      ['the file comes before the default', withAlerts({ deadband: 0.2 }), undefined, null, 0.2],
      ['the default comes last', FILE, undefined, null, 0.05],
      ['an own 0 counts', withAlerts({ deadband: 0.2 }), 0, null, 0],
    ];
    for (const [name, file, own, live, expected] of rows) {
      it(name, () => {
        const configuration = new Configuration();
        configuration.load(file);
        if (live !== null) configuration.setLive(change('alerts.deadband', live));
        assert.equal(configuration.resolve('alerts.deadband', own), expected);
      });
    }

    it('lays a live change into the section that a node has of its own', () => {
      const configuration = new Configuration();
      configuration.load(FILE);
      configuration.setLive(change('alerts.thresholds.warning', 0.4));
      const own = { warning: 0.6, critical: 0.7 };
      assert.deepEqual(configuration.resolve('alerts.thresholds', own), { warning: 0.4, critical: 0.7 });
      assert.deepEqual(own, { warning: 0.6, critical: 0.7 });
    });

    it('lets a live section rule each setting in it', () => {
      const configuration = new Configuration();
      configuration.load(FILE);
      configuration.setLive(change('models.ensemble.weights', { baseline: 1, sequence: 3 }));
      assert.equal(configuration.resolve('models.ensemble.weights.sequence', 7), 3);
    });
  });

  it('has nothing before a file was loaded', () => {
    const configuration = new Configuration();
    assert.equal(configuration.current, null);
    assert.throws(() => configuration.resolve('alerts.deadband'), { code: 'CONFIG_INVALID' });
    assert.throws(() => configuration.setLive(change('alerts.deadband', 0.1)), { code: 'CONFIG_INVALID' });
  });

  it('keeps the running configuration when a new file is invalid', () => {
    const configuration = new Configuration();
    configuration.load(withAlerts({ deadband: 0.2 }));
    assert.throws(() => configuration.load(withAlerts({ deadband: 7 })), { code: 'CONFIG_INVALID' });
    assert.equal(configuration.current?.alerts.deadband, 0.2);
  });

  it('keeps live changes over a new file', () => {
    const configuration = new Configuration();
    configuration.load(FILE);
    configuration.setLive(change('alerts.deadband', 0.4));
    configuration.load(withAlerts({ deadband: 0.2, on_delay: 3 }));
    assert.equal(configuration.current?.alerts.deadband, 0.4);
    assert.equal(configuration.current?.alerts.on_delay, 3);
  });

  it('refuses a new file that a live change would make invalid, and names the change', () => {
    const configuration = new Configuration();
    configuration.load(FILE);
    configuration.setLive(change('alerts.thresholds.critical', 0.6));
    assert.throws(() => configuration.load(withAlerts({ thresholds: { warning: 0.7, critical: 0.9 } })), {
      message: /alerts\.thresholds\.critical = 0\.6 by anna/,
    });
    assert.equal(configuration.current?.alerts.thresholds.warning, 0.5);
  });

  it('refuses a live change that would make the whole invalid', () => {
    const configuration = new Configuration();
    configuration.load(FILE);
    for (const [path, value] of [
      ['alerts.thresholds.warning', 0.9],
      ['alerts.deadband', 'wide'],
      ['alerts.bogus', 1],
      ['sensors', []],
    ] as const)
      assert.throws(() => configuration.setLive(change(path, value)), { code: 'CONFIG_INVALID' }, path);
    assert.deepEqual(configuration.liveChanges, []);
  });

  it('keeps one live change per setting, and none inside a changed section', () => {
    const configuration = new Configuration();
    configuration.load(FILE);
    configuration.setLive(change('alerts.thresholds.warning', 0.4));
    configuration.setLive(change('alerts.thresholds.warning', 0.3));
    configuration.setLive(change('alerts.thresholds', { warning: 0.2, critical: 0.9 }));
    assert.deepEqual(
      configuration.liveChanges.map(({ path }) => path),
      ['alerts.thresholds'],
    );
  });

  describe('reset', () => {
    const changed = (): Configuration => {
      const configuration = new Configuration();
      configuration.load(withAlerts({ deadband: 0.2 }));
      configuration.setLive(change('alerts.deadband', 0.4));
      configuration.setLive(change('models.baseline.enabled', false));
      return configuration;
    };

    it('takes one setting back to the file', () => {
      const configuration = changed();
      configuration.resetLive('alerts.deadband');
      assert.equal(configuration.current?.alerts.deadband, 0.2);
      assert.equal(configuration.current?.models.baseline.enabled, false);
    });

    it('takes a whole section back', () => {
      const configuration = changed();
      assert.equal(configuration.resetLive('models').length, 1);
      assert.equal(configuration.current?.models.baseline.enabled, true);
    });

    it('takes all back', () => {
      const configuration = changed();
      assert.equal(configuration.resetLive().length, 2);
      assert.deepEqual(configuration.liveChanges, []);
    });
  });

  it('restores the changes of an earlier run, giving up those that no longer fit', () => {
    const configuration = new Configuration([
      change('alerts.deadband', 0.4),
      change('alerts.gone', 1),
      change('models.baseline.enabled', false),
    ]);
    const dropped = configuration.load(FILE);
    assert.deepEqual(
      dropped.map(({ path }) => path),
      ['alerts.gone'],
    );
    assert.equal(configuration.current?.alerts.deadband, 0.4);
    assert.equal(configuration.liveChanges.length, 2);
  });

  it('waits with the changes of an earlier run until a file is valid', () => {
    const configuration = new Configuration([change('alerts.deadband', 0.4)]);
    assert.throws(() => configuration.load({ sensors: 5 }));
    configuration.load(FILE);
    assert.equal(configuration.current?.alerts.deadband, 0.4);
  });
});
