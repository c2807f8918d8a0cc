import type { EventEmitter } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { systemClock } from '../nodes/lib/clock.js';
import { within } from '../nodes/lib/within.js';
import { UsageError } from './options.js';

type Handler = (request: IncomingMessage, response: ServerResponse, next?: (err?: unknown) => void) => void;

export type Settings = Readonly<Record<string, unknown>> & { readonly uiHost: string };

/** The part of Node-RED's runtime API that an embedder needs (https://nodered.org/docs/user-guide/runtime/embedding). */
interface NodeRed {
  init(server: Server, settings: Settings): void;
  start(): Promise<void>;
  stop(): Promise<void>;
  readonly httpAdmin: Handler;
  readonly httpNode: Handler;
  readonly events: EventEmitter;
}

interface ExpressApp extends Handler {
  use(path: string, ...handlers: Handler[]): void;
}

/** Nodes register their pages while the flows start, after Node-RED itself; before, the metrics would be told to be missing. */
const FLOWS_WITHIN_MS = 10_000;

/** An HTTP server that holds its port before Node-RED is loaded, and Node-RED inside it afterwards. */
export class NodeRedServer {
  private readonly server: Server;
  private handle: Handler = sayStarting;
  private nodeRed: NodeRed | null = null;

  constructor() {
    // Without a `next`, express itself answers what no route does.
    this.server = createServer((request, response) => this.handle(request, response));
    // Each node with a socket of its own adds listeners to the server.
    this.server.setMaxListeners(0);
  }

  /** @returns the port listened on. @throws UsageError when it can't be had */
  listen(port: number, host: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.server.once('error', (err: NodeJS.ErrnoException) => reject(portError(err, port, host)));
      this.server.listen(port, host, () => resolve((this.server.address() as AddressInfo).port));
    });
  }

  /** Loads Node-RED and its flow. @throws UsageError when it isn't installed or doesn't run on this Node.js */
  async start(settings: Settings): Promise<void> {
    const { nodeRed, express } = loadNodeRed();
    this.nodeRed = nodeRed;
    nodeRed.init(this.server, { httpAdminRoot: '/', httpNodeRoot: '/', ...settings });
    const app = express();
    app.use('/', nodeRed.httpAdmin);
    if (typeof settings.httpNodeAuth === 'function') app.use('/', settings.httpNodeAuth as Handler);
    app.use('/', nodeRed.httpNode);
    const flowsStarted = new Promise<void>((resolve) =>
      nodeRed.events.once('flows:started', () => resolve()),
    );
    await nodeRed.start();
    // A flow with unknown nodes does not start: the editor, where that is mended, opens all the same.
    await within(systemClock, FLOWS_WITHIN_MS, flowsStarted);
    this.handle = app;
  }

  /** Closes every node, then the server with whatever connections are still open. */
  async stop(): Promise<void> {
    this.handle = sayStarting;
    await this.nodeRed?.stop();
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }
}

function sayStarting(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(503, { 'content-type': 'text/plain', 'retry-after': '2' });
  response.end('StrandWatch is starting or stopping.\n');
}

/** Node-RED and the express it uses. It is no dependency of this package: whoever uses the nodes has their own. */
function loadNodeRed(): { nodeRed: NodeRed; express: () => ExpressApp } {
  const fromHere = createRequire(__filename);
  let entry: string;
  try {
    entry = fromHere.resolve('node-red');
  } catch (err) {
    throw new UsageError('Node-RED is not installed beside StrandWatch. Run: npm install node-red', {
      cause: err,
    });
  }
  const ofNodeRed = createRequire(entry);
  checkNode(ofNodeRed(join(dirname(entry), '..', 'package.json')) as Manifest, ofNodeRed('semver') as Semver);
  return { nodeRed: fromHere(entry) as NodeRed, express: ofNodeRed('express') as () => ExpressApp };
}

interface Manifest {
  readonly version: string;
  readonly engines: { readonly node: string };
}

interface Semver {
  readonly satisfies: (version: string, range: string) => boolean;
}

/** Node-RED itself only logs an error when its Node.js is too old, and fails later in odd places. */
function checkNode({ version, engines }: Manifest, { satisfies }: Semver): void {
  if (satisfies(process.version, engines.node)) return;
  throw new UsageError(
    `Node-RED ${version} needs Node.js ${engines.node}, this is ${process.version}. \`npm start\` brings one that fits.`,
  );
}

function portError(err: NodeJS.ErrnoException, port: number, host: string): Error {
  if (err.code === 'EADDRINUSE')
    return new UsageError(
      `Port ${port} is in use. Stop what uses it, or choose another: --port 0 takes any.`,
    );
  if (err.code === 'EACCES')
    return new UsageError(`Port ${port} needs rights that this user lacks. Choose one above 1023.`);
  if (err.code === 'EADDRNOTAVAIL' || err.code === 'ENOTFOUND')
    return new UsageError(`STRANDWATCH_HOST: "${host}" is no address of this machine.`);
  return err;
}
