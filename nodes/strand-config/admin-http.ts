import type { NodeAPI } from 'node-red';
import { nodeById } from '../lib/adapter.js';
import type { StrandConfigNode } from '../lib/config-node.js';
import { readConfigText } from '../lib/config/config-file.js';
import { featureNames } from '../lib/config/feature-names.js';
import { readConfig, problemsIn } from '../lib/config/read-config.js';
import { asError } from '../lib/errors.js';
import { shipped } from '../lib/package-paths.js';

/**
 * What the form asks of the runtime, under Node-RED's admin root and its permissions:
 *
 * - `POST strandwatch/config/check { yaml }`: every problem of a text, while it is being typed, and the names it gives;
 * - `GET strandwatch/config/shipped`: the text of the shipped configuration, to start one's own from;
 * - `GET strandwatch/config/:id/values?paths=a.b,c.d`: what the configuration in force says, and the live changes; nothing
 *   of one that isn't deployed, for a form is often opened before;
 * - `GET strandwatch/config/:id/live`: the live changes in force;
 * - `DELETE strandwatch/config/:id/live?path=...`: takes those at or under the path back to the file; without one, all.
 */
export function serveAdmin(RED: NodeAPI): void {
  const { httpAdmin, auth } = RED;
  httpAdmin.post(
    '/strandwatch/config/check',
    auth.needsPermission('strand-config.read'),
    (request, response) => {
      const { yaml } = (request.body ?? {}) as { yaml?: unknown };
      if (typeof yaml !== 'string')
        return void response.status(400).json({ message: 'expected { "yaml": "..." }' });
      const problems = problemsIn(yaml);
      response.json({ problems, ...(problems.length > 0 ? NO_NAMES : namesOf(yaml)) });
    },
  );
  httpAdmin.get(
    '/strandwatch/config/shipped',
    auth.needsPermission('strand-config.read'),
    (_request, response) => {
      response.json({ yaml: readConfigText(shipped.config()) });
    },
  );
  httpAdmin.get(
    '/strandwatch/config/:id/values',
    auth.needsPermission('strand-config.read'),
    (request, response) => {
      const node = configNode(RED, request.params.id);
      const { paths } = request.query;
      const answer =
        node === null || node.current === null
          ? { values: {}, changes: [] }
          : { values: valuesOf(node, paths), changes: node.liveChanges };
      response.json(answer);
    },
  );
  httpAdmin.get(
    '/strandwatch/config/:id/live',
    auth.needsPermission('strand-config.read'),
    (request, response) => {
      response.json({ changes: configNode(RED, request.params.id)?.liveChanges ?? [] });
    },
  );
  httpAdmin.delete(
    '/strandwatch/config/:id/live',
    auth.needsPermission('strand-config.write'),
    (request, response) => {
      const node = configNode(RED, request.params.id);
      if (node === null)
        return void response.status(404).json({ message: 'no such strand-config is deployed' });
      const { path } = request.query;
      try {
        node.resetLive(typeof path === 'string' && path !== '' ? path : undefined, userOf(request));
        response.json({ changes: node.liveChanges });
      } catch (err) {
        response.status(409).json({ message: asError(err).message });
      }
    },
  );
}

interface SeriesNames {
  readonly sensors: readonly string[];
  readonly features: readonly string[];
}

const NO_NAMES: SeriesNames = { sensors: [], features: [] };

/** @param yaml without mistakes */
function namesOf(yaml: string): SeriesNames {
  const { config } = readConfig(yaml, 'yaml');
  return { sensors: config.sensors.map(({ name }) => name), features: [...featureNames(config)] };
}

/** Setting by path, for the forms' fields; a path that names none is left out. */
function valuesOf(node: StrandConfigNode, paths: unknown): Readonly<Record<string, unknown>> {
  const asked = typeof paths === 'string' ? paths.split(',').slice(0, MOST_PATHS) : [];
  return Object.fromEntries(asked.filter(isOfAField).map((path) => [path, namesIn(node.resolve(path))]));
}

/** Far more than a form has fields. */
const MOST_PATHS = 64;

const isOfAField = (path: string): boolean => /^(streaming|models|alerts)(\.[a-z_]+)+$/.test(path);

/** One value, or the names of a list of things (such as channels, which also hold addresses): a form shows no more. */
function namesIn(value: unknown): unknown {
  if (Array.isArray(value))
    return value.map((item: unknown) => (item as { name?: unknown } | null)?.name ?? item);
  return typeof value === 'object' ? undefined : value;
}

function configNode(RED: NodeAPI, id: unknown): StrandConfigNode | null {
  const node = typeof id === 'string' ? nodeById<StrandConfigNode>(RED, id) : null;
  return node?.type === 'strand-config' ? node : null;
}

/** Who is logged in to the editor; Node-RED puts the user there when a login is required. */
function userOf(request: object): string {
  const { user } = request as { user?: { username?: unknown } };
  return typeof user?.username === 'string' ? user.username : 'editor';
}
