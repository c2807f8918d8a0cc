import assert from 'node:assert/strict';
import type { StrandConfigNode } from '../../nodes/lib/config-node.js';
import strandConfig from '../../nodes/strand-config/strand-config.js';
import { deploy, errorsOf, useNodeRed } from '../support/node-harness.js';

const SENSORS = 'sensors:\n  - { name: mold_level, unit: mm, range: [0, 200] }\n';

async function configNode(fields: Readonly<Record<string, unknown>>): Promise<StrandConfigNode> {
  const nodeById = await deploy([strandConfig], [{ id: 'c1', type: 'strand-config', ...fields }]);
  return nodeById('c1') as StrandConfigNode;
}

describe('strand-config', () => {
  useNodeRed();

  it('loads the shipped configuration when the file is left blank', async () => {
    const node = await configNode({});
    assert.equal(node.current?.sensors.length, 21);
    assert.deepEqual(errorsOf(), []);
  });

  it('takes YAML typed into the form', async () => {
    const node = await configNode({ source: 'inline', yaml: `${SENSORS}alerts: { deadband: 0.1 }` });
    assert.equal(node.current?.alerts.deadband, 0.1);
  });

  it('names line, key and what to write for a wrong value', async () => {
    const node = await configNode({ source: 'inline', yaml: `${SENSORS}alerts:\n  deadband: "5%"` });
    assert.equal(node.current, null);
    assert.deepEqual(errorsOf(), ['inline YAML:4 alerts.deadband: expected 0..1, got "5%". Write 0.05.']);
  });

  it('puts a live change before the field of a node, and the field before the YAML', async () => {
    const node = await configNode({ source: 'inline', yaml: SENSORS });
    assert.equal(node.resolve('alerts.deadband', 0.2), 0.2);
    const seen: number[] = [];
    node.onChange((config) => seen.push(config.alerts.deadband));
    node.setLive('alerts.deadband', 0.3, 'anna');
    assert.equal(node.resolve('alerts.deadband', 0.2), 0.3);
    node.resetLive('alerts', 'anna');
    assert.equal(node.resolve('alerts.deadband', 0.2), 0.2);
    assert.deepEqual(seen, [0.3, 0.05]);
  });

  it('refuses a live change that would make the whole invalid', async () => {
    const node = await configNode({ source: 'inline', yaml: SENSORS });
    assert.throws(() => node.setLive('alerts.thresholds.warning', 0.9, 'anna'), { code: 'CONFIG_INVALID' });
    assert.equal(node.current?.alerts.thresholds.warning, 0.5);
  });
});
