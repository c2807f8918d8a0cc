import type { NodeAPI } from 'node-red';
import { asError } from '../lib/errors.js';
import { shipped, userPath } from '../lib/package-paths.js';
import { listCasts, publicEntry } from './cast-library-file.js';

/**
 * What the form can choose casts from, under Node-RED's admin root: `GET strandwatch/casts?folder=...` answers with the
 * casts of that folder, of the shipped ones without, or why there are none. Only for those who may deploy flows: they may
 * name any folder anyway.
 */
export function serveCasts(RED: NodeAPI): void {
  const { httpAdmin, auth, settings } = RED;
  httpAdmin.get('/strandwatch/casts', auth.needsPermission('flows.write'), (request, response) => {
    const { folder } = request.query;
    const path =
      typeof folder === 'string' && folder.trim() !== ''
        ? userPath(folder.trim(), settings.userDir ?? '.')
        : shipped.casts();
    listCasts(path).then(
      (casts) => response.json({ casts: casts.map(publicEntry), problem: null }),
      (err: unknown) => response.json({ casts: [], problem: asError(err).message }),
    );
  });
}
