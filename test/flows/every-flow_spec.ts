import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MailServer, mailingTo } from '../support/mail-server.js';
import { hasMosquitto, Mosquitto } from '../support/mosquitto.js';
import {
  cleanUp,
  eventually,
  ROOT,
  StrandWatchProcess,
  temporaryFolder,
} from '../support/strandwatch-process.js';

interface FlowNode {
  readonly id: string;
  readonly type: string;
  readonly z?: string;
  readonly wires?: readonly (readonly string[])[];
  readonly [field: string]: unknown;
}

const parsed = (file: string): unknown => JSON.parse(readFileSync(join(ROOT, file), 'utf8'));
const nodesOf = (file: string) => parsed(file) as FlowNode[];
const OWN_TYPES = Object.keys(
  (parsed('package.json') as { 'node-red': { nodes: object } })['node-red'].nodes,
);
const FILES = ['flows', 'examples'].flatMap((folder) =>
  existsSync(join(ROOT, folder))
    ? readdirSync(join(ROOT, folder))
        .filter((file) => file.endsWith('.json'))
        .map((file) => join(folder, file))
    : [],
);

describe('every shipped flow', function () {
  this.timeout(180_000);
  cleanUp();
  let mailServer: MailServer;
  before(async () => (mailServer = await MailServer.start()));
  after(() => mailServer.close());

  const brokers: Mosquitto[] = [];
  after(() => Promise.all(brokers.map((broker) => broker.stop())));

  for (const file of FILES)
    it(`${file}: loads, runs through every StrandWatch node, and logs no error`, async function () {
      let flow = mailingTo(mailServer, nodesOf(file));
      if (flow.some(({ type }) => type === 'mqtt-broker')) {
        if (!hasMosquitto()) {
          console.warn(`${file} was not run: it needs Mosquitto (apt-get install mosquitto).`);
          return this.skip();
        }
        const broker = await Mosquitto.start();
        brokers.push(broker);
        flow = flow.map((node) => (node.type === 'mqtt-broker' ? { ...node, port: broker.port } : node));
      }
      const userDir = temporaryFolder();
      const record = join(userDir, 'done.txt');
      const watched = flow.filter(
        ({ id, type }) => type === 'cast-replay' || (OWN_TYPES.includes(type) && isReached(id, flow)),
      );
      writeFileSync(
        join(userDir, 'flows.json'),
        JSON.stringify([...flow, ...watched.flatMap((node) => witness(node, record))]),
      );
      const system = new StrandWatchProcess({ options: ['--speed', '100'], userDir });
      await system.ready();
      const waitedFor = new Set(watched.map(({ id }) => id));
      await eventually(`a message through ${[...waitedFor].join(', ')}`, () => {
        const done = existsSync(record) ? readFileSync(record, 'utf8').split('\n') : [];
        for (const id of done) waitedFor.delete(id);
        return waitedFor.size === 0;
      });
      assert.equal(await system.stop(), 0);
      assert.deepEqual(system.complaints, []);
    });

  it('has an example for every node', () => {
    const shown = new Set(
      FILES.filter((file) => file.startsWith('examples'))
        .flatMap(nodesOf)
        .map(({ type }) => type),
    );
    assert.deepEqual(
      OWN_TYPES.filter((type) => !shown.has(type)),
      [],
    );
  });
});

const isReached = (id: string, flow: readonly FlowNode[]): boolean =>
  flow.some(({ wires }) => wires?.some((port) => port.includes(id)));

/** Nodes beside the flow that note the first message which `node` has dealt with, or that a replay has begun. */
function witness({ id, type, z }: FlowNode, record: string): object[] {
  const at = { z, x: 100, y: 1000 };
  const once = `if (context.get('told')) return null; context.set('told', true); return { payload: '${id}' };`;
  return [
    {
      id: `${id}-done`,
      type: type === 'cast-replay' ? 'status' : 'complete',
      ...at,
      scope: [id],
      wires: [[`${id}-once`]],
    },
    { id: `${id}-once`, type: 'function', ...at, func: once, outputs: 1, libs: [], wires: [[`${id}-note`]] },
    {
      ...{ id: `${id}-note`, type: 'file', ...at, filename: record, filenameType: 'str' },
      ...{ appendNewline: true, createDir: false, overwriteFile: 'false', encoding: 'utf8', wires: [[]] },
    },
  ];
}
