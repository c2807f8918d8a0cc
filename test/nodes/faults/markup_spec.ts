import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { NodeAPI } from 'node-red';
import perfMonitor from '../../../nodes/perf-monitor/perf-monitor.js';
import strandConfig from '../../../nodes/strand-config/strand-config.js';
import { request } from '../../support/http.js';
import { collect, deploy, useNodeRed, useUserDir } from '../../support/node-harness.js';
import { plantReading } from '../../support/pipeline.js';

const ROOT = join(__dirname, '..', '..', '..');
const NAMES = [
  ...['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', 'back\\slash'],
  'a"} 1\nfake_metric{x="',
];

/** A line of the Prometheus text format: a comment, or a name, labels in quotes, and a number. */
const LINE = /^(#.*|[a-zA-Z_:][\w:]*(\{(\w+="([^"\\\n]|\\["\\n])*",?)*\})? (NaN|[+-]?Inf|[-+\d.e]+))$/;

let httpNode: unknown;
let routes: { readonly method: string; readonly path: string; readonly permission: string | null }[] = [];

/** The real node types; what they serve is noted on the way. */
const monitor = (RED: NodeAPI): void => {
  httpNode = RED.httpNode;
  perfMonitor(RED);
};
const config = (RED: NodeAPI): void => {
  const asked = new Map<unknown, string>();
  const needsPermission = (permission: string) => {
    const handler = RED.auth.needsPermission(permission);
    asked.set(handler, permission);
    return handler;
  };
  const noting =
    (method: string) =>
    (path: string, ...handlers: unknown[]): void => {
      routes.push({ method, path, permission: asked.get(handlers[0]) ?? null });
    };
  const methods = ['get', 'post', 'put', 'delete', 'use'];
  const httpAdmin = Object.fromEntries(methods.map((method) => [method, noting(method)]));
  strandConfig({ ...RED, auth: { needsPermission }, httpAdmin } as unknown as NodeAPI);
};

describe('markup in names', () => {
  useNodeRed();
  useUserDir();

  it('stays a label in the metrics', async () => {
    const nodeById = await deploy(
      [monitor],
      [
        { id: 'm', type: 'perf-monitor', wires: [['out'], []] },
        { id: 'out', type: 'helper' },
      ],
    );
    const out = collect(nodeById('out'));
    for (const name of NAMES) {
      const cast = { strand: name, castId: name, elapsed: 0 };
      nodeById('m').receive(plantReading(name, 1, { cast, timings: { entry: 0, stages: {} } }));
      await out.next();
    }
    const { status, text } = await request(httpNode, '/strandwatch/metrics');
    assert.equal(status, 200);
    const lines = text.split('\n').filter((line) => line !== '');
    assert.deepEqual(
      lines.filter((line) => !LINE.test(line) || line.startsWith('fake_metric')),
      [],
    );
    const readings = lines.filter((line) => line.startsWith('strandwatch_readings_total{'));
    assert.equal(readings.length, NAMES.length);
  });

  it('never becomes HTML: no page, widget or editor form writes markup from data', () => {
    const raw =
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\{\{\{|ng-bind-html|v-html|\$sce|\.html\(/;
    const folders = ['nodes', 'flows', 'examples'];
    const found = folders
      .flatMap((folder) =>
        readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
          join(ROOT, folder, file),
        ),
      )
      .filter((file) => /\.(ts|json|html)$/.test(file))
      .flatMap((file) =>
        readFileSync(file, 'utf8')
          .split('\n')
          .flatMap((line, index) => (raw.test(line) ? [`${relative(ROOT, file)}:${index + 1}`] : [])),
      );
    assert.deepEqual(found, []);
  });
});

describe('the routes of the editor', () => {
  useNodeRed();
  useUserDir();

  it('each ask for a right: to read, or to write where they change something', async () => {
    routes = [];
    await deploy([config], []);
    assert.ok(routes.length >= 3);
    for (const { method, path, permission } of routes) {
      const changes = method === 'delete' || method === 'put';
      assert.equal(permission, `strand-config.${changes ? 'write' : 'read'}`, `${method} ${path}`);
    }
  });
});
