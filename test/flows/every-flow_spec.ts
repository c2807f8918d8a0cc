import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { packageRoot } from '../../nodes/lib/package-paths.js';
import { shownIn, sidebarWitnesses, type Shown } from '../support/debug-sidebar.js';
import { commentOf, exampleFiles, nodesOf, shippedFlows, type FlowNode } from '../support/flow-file.js';
import { MailServer, mailingTo } from '../support/mail-server.js';
import { hasMosquitto, Mosquitto } from '../support/mosquitto.js';
import { propertiesIn, tapped } from '../support/message-taps.js';
import { cleanUp, eventually, StrandWatchProcess, temporaryFolder } from '../support/strandwatch-process.js';
import { examplePromises } from './promises/all-promises.js';
import type { ExamplePromise } from './promises/promise.js';

const OWN_TYPES = Object.keys(
  (
    JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as {
      readonly 'node-red': { readonly nodes: object };
    }
  )['node-red'].nodes,
);
const promisesOf = (file: string): readonly ExamplePromise[] =>
  examplePromises[basename(file, '.json')] ?? [];

describe('every shipped flow', function () {
  this.timeout(300_000);
  cleanUp();
  let mailServer: MailServer;
  before(async () => (mailServer = await MailServer.start()));
  after(() => mailServer.close());

  const brokers: Mosquitto[] = [];
  after(() => Promise.all(brokers.map((broker) => broker.stop())));

  for (const file of shippedFlows())
    it(`${file}: loads, runs through every StrandWatch node, keeps its promises, and logs no error`, async function () {
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
      const [done, sidebar] = [join(userDir, 'done.txt'), join(userDir, 'sidebar.jsonl')];
      const properties = join(userDir, 'properties.txt');
      const watched = flow.filter(
        ({ id, type }) => type === 'cast-replay' || (OWN_TYPES.includes(type) && isReached(id, flow)),
      );
      writeFileSync(
        join(userDir, 'flows.json'),
        JSON.stringify([
          ...tapped(flow, OWN_TYPES, properties),
          ...watched.flatMap((node) => witness(node, done)),
          ...sidebarWitnesses(flow, sidebar),
        ]),
      );
      const system = new StrandWatchProcess({ options: ['--speed', '100'], userDir });
      const address = await system.ready();
      for (const promise of promisesOf(file)) await keeps(promise, address, sidebar);
      const waitedFor = new Set(watched.map(({ id }) => id));
      await eventually(`a message through ${[...waitedFor].join(', ')}`, () => {
        const names = existsSync(done) ? readFileSync(done, 'utf8').split('\n') : [];
        for (const id of names) waitedFor.delete(id);
        return waitedFor.size === 0;
      });
      assert.equal(await system.stop(), 0);
      assert.deepEqual(system.complaints, []);
      assert.deepEqual(
        propertiesIn(properties).filter((property) => !isDocumented(property)),
        [],
      );
    });
});

describe('the promises of the examples', () => {
  for (const file of exampleFiles()) {
    const flow = nodesOf(file);
    const { title, text } = commentOf(flow);
    const promises = promisesOf(file);

    it(`${file}: quote its comment`, () => {
      assert.ok(promises.length > 0, 'nothing of what the comment says is tested');
      assert.deepEqual(
        promises.map(({ says }) => says).filter((says) => !`${title}\n${text}`.includes(says)),
        [],
      );
    });

    it(`${file}: tell of every button and every debug node`, () => {
      const used = new Set(promises.flatMap(({ click, at }) => [click, at]));
      const isButton = ({ type, repeat, once }: FlowNode): boolean =>
        type === 'inject' && repeat === '' && once === false;
      assert.deepEqual(
        flow
          .filter((node) => isButton(node) || (node.type === 'debug' && !QUIET.includes(node.id)))
          .map(({ id }) => id)
          .filter((id) => !used.has(id)),
        [],
      );
    });
  }
});

/** Debug nodes that show something only when a plant has gaps, a model changes, or nobody promised anything. */
const QUIET = ['sw07-events', 'sw13-answers', 'sw21-events', 'sw22-events', 'sw06-answers', 'sw23-answers'];

/** Clicks, and waits until what is shown afterwards keeps the promise. */
async function keeps({ says, click, at, kept }: ExamplePromise, address: string, sidebar: string) {
  const before = shownIn(sidebar).length;
  if (click !== undefined) {
    const { status } = await fetch(`${address}/inject/${click}`, { method: 'POST' });
    assert.equal(status, 200, `${click} can't be clicked`);
  }
  let seen: readonly Shown[] = [];
  const look = async (): Promise<boolean> => {
    seen = at.startsWith('/')
      ? [{ debug: at, value: await served(`${address}${at}`), castS: undefined }]
      : shownIn(sidebar).filter(
          ({ debug }, place) => debug === at && (click === undefined || place >= before),
        );
    return kept(seen);
  };
  try {
    await eventually(`"${says}"`, look);
  } catch (err) {
    const last = seen
      .slice(-3)
      .map(({ castS, value }) => `${castS ?? '?'} s: ${JSON.stringify(value)?.slice(0, 400)}`);
    throw new Error(`the comment says "${says}", but ${at} showed ${seen.length}: ${last.join('\n')}`, {
      cause: err,
    });
  }
}

/** Properties that `docs/messages.md` tells of for every message, and those that the help of a node has for its own. */
const COMMON = new Set(
  [...readFileSync(join(packageRoot(), 'docs', 'messages.md'), 'utf8').matchAll(/`msg\.(\w+)`/g)].map(
    (match) => match[1]!,
  ),
);

function isDocumented(property: string): boolean {
  const [type = '', name = ''] = property.split(' ');
  const help = readFileSync(join(packageRoot(), 'nodes', type, 'locales', 'en-US', `${type}.html`), 'utf8');
  const own = [...help.matchAll(/^: ([\w, ]+?) (?:\(|:)/gm)].flatMap((match) => match[1]!.split(', '));
  return name.startsWith('_') || COMMON.has(name) || own.includes(name) || FROM_ELSEWHERE.includes(name);
}

/** What a node of the flow put into a message, and what therefore travels along: here the broker's. */
const FROM_ELSEWHERE = ['qos', 'retain'];

const served = async (url: string): Promise<string> => (await fetch(url)).text();

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
