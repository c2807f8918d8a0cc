import assert from 'node:assert/strict';
import helper from 'node-red-node-test-helper';
import type { Node } from 'node-red';
import castReplay from '../../../nodes/cast-replay/cast-replay.js';
import { castCsv, castFolder, removeCastFolders } from '../../support/cast-files.js';
import {
  collect,
  deploy,
  errorsOf,
  undeploy,
  useNodeRed,
  useUserDir,
  type FlowNode,
} from '../../support/node-harness.js';
import { pipelineFlow, pipelineTypes, pipelineYaml, type Risk } from '../../support/pipeline.js';

const DEPLOYS = 100;
const types = [...pipelineTypes, castReplay];

/** An unpaced cast that never ends drives the whole chain; ids end in `suffix`. */
function chain(folder: string, suffix = ''): FlowNode[] {
  const feed = { id: 'feed', type: 'helper', wires: [] };
  const replay = {
    ...{ id: 'replay', type: 'cast-replay', strandConfig: 'config', folder, speed: 'unpaced', loop: true },
    ...{ batch: 50, wires: [['buffer'], ['feed']] },
  };
  const flow: FlowNode[] = [{ id: 'tab', type: 'tab' }, ...pipelineFlow(pipelineYaml()), replay, feed];
  const ids = new Set(flow.map(({ id }) => id));
  const renamed = (value: unknown): unknown =>
    typeof value === 'string' && ids.has(value)
      ? value + suffix
      : Array.isArray(value)
        ? value.map(renamed)
        : value;
  const inTab = new Set(['strand-config', 'onnx-model', 'tab']);
  return flow.map(
    (node) =>
      Object.fromEntries(
        Object.entries(inTab.has(node.type) ? node : { ...node, z: 'tab' }).map(([key, value]) =>
          key === 'type' || key === 'kind' ? [key, value] : [key, renamed(value)],
        ),
      ) as FlowNode,
  );
}

/** What a process must get rid of with its flow: timers, files, sockets, listeners on what outlives the flow. */
function held(): Readonly<Record<string, number>> {
  const counts: Record<string, number> = { listeners: 0 };
  for (const resource of process.getActiveResourcesInfo()) counts[resource] = (counts[resource] ?? 0) + 1;
  for (const event of process.eventNames()) counts.listeners! += process.listenerCount(event);
  return counts;
}

/** A disk that is busy with something else is told as it should be; here it is no fault. */
const complaints = (): string[] => errorsOf().filter((error) => !error.includes('the disk took longer'));

async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

describe(`${DEPLOYS} deploys under load`, function () {
  this.timeout(600_000);
  useNodeRed();
  useUserDir();
  afterEach(removeCastFolders);

  it('of everything leave nothing behind, and each predicts', async () => {
    const folder = castFolder({ 'one.csv': castCsv(2000) });
    let early: Readonly<Record<string, number>> = {};
    for (let round = 0; round < DEPLOYS; round++) {
      const nodeById = await deploy(types, chain(folder));
      const risk = collect(nodeById('risk'));
      await risk.next();
      assert.deepEqual(complaints(), [], `deploy ${round}`);
      await undeploy();
      await settled();
      // The first ones open what the process keeps: module files, threads, the helper's server.
      if (round === 9) early = held();
    }
    const late = held();
    for (const [resource, count] of Object.entries(late))
      assert.ok(
        count <= (early[resource] ?? 0) + 2,
        `${resource}: ${early[resource]} after 10, ${count} after ${DEPLOYS}`,
      );
  });

  const KINDS: readonly [kind: string, ids: readonly string[]][] = [
    ['of single nodes', ['buffer', 'monitor', 'features', 'b', 's', 'e', 'alerts', 'replay', 'feed']],
    ['of configuration nodes with all that uses them', ['config', 'bm', 'sm']],
  ];
  for (const [kind, ids] of KINDS)
    it(`${kind} go on with the others, and leave nothing behind`, async () => {
      const folder = castFolder({ 'one.csv': castCsv(2000) });
      const flow = chain(folder);
      const nodeById = await deploy(types, flow);
      await collect(nodeById('risk')).next();
      let early: Readonly<Record<string, number>> = {};
      for (let round = 0; round < DEPLOYS; round++) {
        const id = ids[round % ids.length]!;
        const changed = flow.map((node) => (node.id === id ? { ...node, name: `deploy ${round}` } : node));
        await setFlows(changed);
        assert.equal((helper.getNode(id) as Node & { name?: string }).name, `deploy ${round}`);
        await collect(helper.getNode('risk')).next();
        if (round === 9) early = held();
      }
      const late = held();
      for (const [resource, count] of Object.entries(late))
        // The flow is at work: each of its messages under way is an Immediate for one turn of the event loop.
        if (resource !== 'Immediate')
          assert.ok(
            count <= (early[resource] ?? 0) + 5,
            `${resource}: ${early[resource]} after 10, ${count} after ${DEPLOYS}`,
          );
      assert.deepEqual(complaints(), []);
    });
});

interface Internals {
  readonly _redNodes: {
    setFlows(flow: readonly FlowNode[], credentials: object, type: string): Promise<unknown>;
  };
  readonly _events: { once(event: string, then: () => void): void };
}

/** Deploys what has changed, as the editor's "modified nodes" does. The helper's own way gives up after 300 ms. */
async function setFlows(flow: readonly FlowNode[]): Promise<void> {
  const { _redNodes, _events } = helper as unknown as Internals;
  const started = new Promise<void>((resolve) => _events.once('flows:started', resolve));
  await _redNodes.setFlows(flow, {}, 'nodes');
  await started;
}

describe('two nodes of each type in one flow', function () {
  this.timeout(60_000);
  useNodeRed();
  useUserDir();
  afterEach(removeCastFolders);

  it('keep their strands and alarms apart, and say the same of the same cast', async () => {
    const folder = castFolder({ 'one.csv': castCsv(300) });
    const twice = [...chain(folder), ...chain(folder, '-2').filter(({ type }) => type !== 'tab')];
    const nodeById = await deploy(types, twice);
    const told = async (id: string): Promise<unknown[]> => {
      const risks = collect(nodeById(id));
      const said: unknown[] = [];
      while (said.length < 40) {
        const { timestamp, payload } = (await risks.next()) as unknown as Risk;
        said.push([
          timestamp,
          payload.probability,
          payload.baseline?.probability,
          payload.sequence?.probability,
        ]);
      }
      return said;
    };
    const [one, two] = await Promise.all([told('risk'), told('risk-2')]);
    assert.deepEqual(one, two);
    assert.deepEqual(complaints(), []);
  });
});
