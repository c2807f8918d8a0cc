import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StrandConfigNode } from '../../nodes/lib/config-node.js';
import type { StrandWatchConfig } from '../../nodes/lib/config/schema.js';
import type { NodeAPI } from 'node-red';
import register from '../../nodes/strand-config/strand-config.js';
import { request } from '../support/http.js';
import helper from 'node-red-node-test-helper';
import { deploy, errorsOf, useNodeRed } from '../support/node-harness.js';

const SENSORS = 'sensors:\n  - { name: mold_level, unit: mm, range: [0, 200] }\n';

/** The admin application of the runtime, as each load of the node finds it. */
const runtime: { http: unknown } = { http: null };
const strandConfig = (RED: NodeAPI): void => {
  runtime.http = RED.httpAdmin;
  register(RED);
};

async function configNode(fields: Readonly<Record<string, unknown>>): Promise<StrandConfigNode> {
  const nodeById = await deploy([strandConfig], [{ id: 'c1', type: 'strand-config', ...fields }]);
  return nodeById('c1') as StrandConfigNode;
}
const inline = (yaml: string): Promise<StrandConfigNode> => configNode({ source: 'inline', yaml });
const nextChange = (node: StrandConfigNode): Promise<StrandWatchConfig> =>
  new Promise((resolve) => {
    const stop = node.onChange((config) => {
      stop();
      resolve(config);
    });
  });
const nextStatus = (node: StrandConfigNode): Promise<{ fill?: string; text?: string }> =>
  new Promise((resolve) => {
    const original = node.status.bind(node);
    node.status = (status) => {
      node.status = original;
      original(status);
      resolve(status as { fill?: string; text?: string });
    };
  });

describe('strand-config', () => {
  let userDir = '';
  useNodeRed();
  beforeEach(() => {
    userDir = mkdtempSync(join(tmpdir(), 'strand-config-'));
    helper.settings({ userDir });
  });
  afterEach(() => rmSync(userDir, { recursive: true }));

  it('loads the shipped configuration when the file is left blank', async () => {
    const node = await configNode({});
    assert.equal(node.current?.sensors.length, 21);
    assert.deepEqual(errorsOf(), []);
  });

  describe('its feed, as function nodes reach it', () => {
    interface Feed {
      pass(msg: object, complain: (err: Error) => void): readonly (Record<string, unknown> | null)[];
    }
    const feedOf = (node: StrandConfigNode): Feed =>
      (node.context().global.get('strandwatchFeeds') as Record<string, Feed>).c1!;
    const reading = {
      ...{ topic: '1', timestamp: 1000, cast: { strand: '1', castId: 'a', elapsed: 0 } },
      ...{ payload: { mold_level: 100 }, quality: {}, timings: { entry: 0, stages: {} } },
    };

    it('gives a reading back untouched, and shows its strand to the page that asks', async () => {
      const feed = feedOf(await inline(SENSORS));
      assert.deepEqual(feed.pass(reading, assert.ifError), [reading, null]);
      const [passedOn, answer] = feed.pass(
        { command: 'get-frame', payload: {}, socketid: 'page' },
        assert.ifError,
      );
      assert.equal(passedOn, null);
      assert.equal(answer?.socketid, 'page');
      const { strands } = answer?.payload as { strands: readonly { strand: string }[] };
      assert.deepEqual(
        strands.map(({ strand }) => strand),
        ['1'],
      );
    });

    it('changes a setting live, and says who did', async () => {
      const node = await inline(SENSORS);
      const payload = { path: 'alerts.deadband', value: 0.2, user: 'anna' };
      const [, answer] = feedOf(node).pass({ command: 'set', payload }, assert.ifError);
      assert.deepEqual((answer?.answer as { ok: boolean }).ok, true);
      assert.equal(node.current?.alerts.deadband, 0.2);
      assert.equal(node.changeLog[0]?.by, 'anna');
    });

    it('answers an unknown command and tells the flow, without throwing', async () => {
      const errors: string[] = [];
      const [, answer] = feedOf(await inline(SENSORS)).pass({ command: 'sing' }, ({ message }) =>
        errors.push(message),
      );
      assert.equal((answer?.answer as { ok: boolean }).ok, false);
      assert.match(errors[0] ?? '', /expected one of get-frame, preview, set, reset-to-file, got "sing"/);
    });
  });

  it('takes YAML typed into the form', async () => {
    const node = await inline(`${SENSORS}alerts: { deadband: 0.1 }`);
    assert.equal(node.current?.alerts.deadband, 0.1);
  });

  it('lets function nodes read the configuration in force, live changes included', async () => {
    const node = await inline(SENSORS);
    const shared = () => (node.context().global.get('strandwatch') as Record<string, StrandWatchConfig>).c1;
    assert.equal(shared()?.alerts.deadband, 0.05);
    node.setLive('alerts.deadband', 0.1, 'Ann');
    assert.equal(shared()?.alerts.deadband, 0.1);
    await helper.unload();
    assert.equal(shared(), undefined);
  });

  it('names line, key and what to write for a wrong value, and has no configuration', async () => {
    const node = await inline(`${SENSORS}alerts:\n  deadband: "5%"`);
    assert.equal(node.current, null);
    assert.deepEqual(errorsOf(), ['inline YAML:4 alerts.deadband: expected 0..1, got "5%". Write 0.05.']);
  });

  it('names a file that is missing and says what to do', async () => {
    const node = await configNode({ file: 'nowhere.yaml' });
    assert.equal(node.current, null);
    const path = join(userDir, 'nowhere.yaml');
    assert.deepEqual(errorsOf(), [
      `${path}: no such file. Check the path, or leave the field blank for the shipped configuration.`,
    ]);
  });

  describe('with a file that is edited', () => {
    const write = (text: string): void => writeFileSync(join(userDir, 'plant.yaml'), text);

    it('takes the new content over and tells the nodes', async () => {
      write(SENSORS);
      const node = await configNode({ file: 'plant.yaml' });
      const change = nextChange(node);
      write(`${SENSORS}alerts: { deadband: 0.2 }`);
      assert.equal((await change).alerts.deadband, 0.2);
    });

    it('goes on with the good one when the new content is invalid, then takes the mended one', async () => {
      write(`${SENSORS}alerts: { deadband: 0.2 }`);
      const node = await configNode({ file: 'plant.yaml' });
      const status = nextStatus(node);
      write(`${SENSORS}alerts: { deadband: 20 }`);
      assert.deepEqual(await status, {
        fill: 'red',
        shape: 'ring',
        text: 'plant.yaml:3 alerts.deadband: expected 0..1, got 20.',
      });
      assert.equal(node.current?.alerts.deadband, 0.2);
      const change = nextChange(node);
      write(`${SENSORS}alerts: { deadband: 0.1 }`);
      assert.equal((await change).alerts.deadband, 0.1);
    });

    it('starts by itself once a file that was missing appears', async () => {
      const node = await configNode({ file: 'plant.yaml' });
      const change = nextChange(node);
      write(SENSORS);
      assert.equal((await change).sensors.length, 1);
    });
  });

  describe('live changes', () => {
    it('come before the field of a node, and are taken back to it by a reset', async () => {
      const node = await inline(SENSORS);
      const seen: number[] = [];
      node.onChange((config) => seen.push(config.alerts.deadband));
      node.setLive('alerts.deadband', 0.3, 'anna');
      assert.equal(node.resolve('alerts.deadband', 0.2), 0.3);
      node.resetLive('alerts', 'anna');
      assert.equal(node.resolve('alerts.deadband', 0.2), 0.2);
      assert.deepEqual(seen, [0.3, 0.05]);
    });

    it('are refused when the whole would become invalid', async () => {
      const node = await inline(SENSORS);
      assert.throws(() => node.setLive('alerts.thresholds.warning', 0.9, 'anna'), { code: 'CONFIG_INVALID' });
      assert.throws(() => node.setLive('alerts.deadband', undefined, 'anna'), { code: 'CONFIG_INVALID' });
      assert.equal(node.current?.alerts.thresholds.warning, 0.5);
    });

    it('are kept over a restart, with who made them', async () => {
      const node = await inline(SENSORS);
      node.setLive('alerts.deadband', 0.3, 'anna');
      await helper.unload();
      const again = await inline(SENSORS);
      assert.equal(again.current?.alerts.deadband, 0.3);
      assert.equal(again.liveChanges[0]?.by, 'anna');
    });

    it('stay reset over a restart', async () => {
      const node = await inline(SENSORS);
      node.setLive('alerts.deadband', 0.3, 'anna');
      node.resetLive(undefined, 'ben');
      await helper.unload();
      assert.equal((await inline(SENSORS)).current?.alerts.deadband, 0.05);
    });

    it('reach the other nodes even when one of them fails', async () => {
      const node = await inline(SENSORS);
      const seen: number[] = [];
      node.onChange(() => {
        throw new Error('broken listener');
      });
      node.onChange((config) => seen.push(config.alerts.deadband));
      node.setLive('alerts.deadband', 0.3, 'anna');
      assert.deepEqual(seen, [0.3]);
      assert.deepEqual(errorsOf(), ['broken listener']);
    });

    it('are left out, and told, when their file is damaged', async () => {
      const node = await inline(SENSORS);
      node.setLive('alerts.deadband', 0.3, 'anna');
      await helper.unload();
      const path = join(userDir, 'strandwatch', 'live', 'c1.json');
      writeFileSync(path, readFileSync(path, 'utf8').slice(0, 20));
      const again = await inline(SENSORS);
      assert.equal(again.current?.alerts.deadband, 0.05);
      assert.equal(errorsOf().length, 1);
    });
  });

  describe('asked by its form', () => {
    const admin = async (
      path: string,
      init: RequestInit = {},
    ): Promise<{ status: number; body: unknown }> => {
      const { status, text } = await request(runtime.http, `/strandwatch/config/${path}`, init);
      return { status, body: JSON.parse(text) };
    };
    const check = (body: object): ReturnType<typeof admin> =>
      admin('check', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });

    it('finds the problems of a text, or lists its sensors and features', async () => {
      await inline(SENSORS);
      const { problems, sensors, features } = (await check({ yaml: SENSORS })).body as Record<
        string,
        readonly string[]
      >;
      assert.deepEqual([problems, sensors], [[], ['mold_level']]);
      assert.ok(features!.includes('mold_level.mean.60s'), features!.join(' '));
      assert.deepEqual((await check({ yaml: `${SENSORS}alerts: { deadband: 7 }` })).body, {
        problems: [{ line: 3, path: 'alerts.deadband', message: 'expected 0..1, got 7.' }],
        sensors: [],
        features: [],
      });
      assert.equal((await check({ yaml: 5 })).status, 400);
    });

    it('hands out the shipped configuration, which has no problem', async () => {
      await inline(SENSORS);
      const { yaml } = (await admin('shipped')).body as { yaml: string };
      assert.deepEqual(((await check({ yaml })).body as { problems: unknown[] }).problems, []);
    });

    it('lists the live changes and takes one back', async () => {
      const node = await inline(SENSORS);
      node.setLive('alerts.deadband', 0.3, 'anna');
      node.setLive('models.baseline.enabled', false, 'ben');
      const { body } = await admin('c1/live');
      assert.deepEqual(
        (body as { changes: { path: string; by: string }[] }).changes.map(({ path, by }) => [path, by]),
        [
          ['alerts.deadband', 'anna'],
          ['models.baseline.enabled', 'ben'],
        ],
      );
      await admin('c1/live?path=alerts.deadband', { method: 'DELETE' });
      assert.equal(node.current?.alerts.deadband, 0.05);
      assert.equal(node.current?.models.baseline.enabled, false);
    });

    it('tells the values in force beside the fields of a form, and nothing but values', async () => {
      const node = await inline(SENSORS);
      node.setLive('alerts.deadband', 0.3, 'anna');
      const paths =
        'alerts.deadband,streaming.lateness,alerts.notification.channels,alerts,sensors,constructor.name';
      const { values, changes } = (await admin(`c1/values?paths=${paths}`)).body as Record<string, unknown>;
      assert.deepEqual(values, {
        'alerts.deadband': 0.3,
        'streaming.lateness': 0,
        'alerts.notification.channels': ['log'],
      });
      assert.deepEqual(
        (changes as { path: string }[]).map(({ path }) => path),
        ['alerts.deadband'],
      );
    });

    it('has nothing to say when it is not deployed, and nothing to take back', async () => {
      await inline(SENSORS);
      assert.deepEqual((await admin('elsewhere/values?paths=alerts.deadband')).body, {
        values: {},
        changes: [],
      });
      assert.deepEqual((await admin('elsewhere/live')).body, { changes: [] });
      assert.equal((await admin('elsewhere/live', { method: 'DELETE' })).status, 404);
    });
  });
});
