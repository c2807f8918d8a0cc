import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NodeAPI } from 'node-red';

/** Where the bundle lies beside this file once built; see nodes/build.mjs. */
const BUNDLE = join(__dirname, 'static', 'widgets.js');
const YEAR_S = 31_536_000;

/**
 * Serves the widgets of both dashboards under Node-RED's HTTP root, behind the login that is set for it:
 *
 * - `GET strandwatch/widgets.js`: the custom elements. Browsers ask each time whether theirs is still the newest (304);
 *   with `?v=<version>` of the bundle they keep it for a year.
 * - `GET strandwatch/whoami`: `{ user }`, the name logged in with; null without a login.
 */
export function serveWidgets(app: NodeAPI['httpNode']): void {
  const bundle = readBundle();
  app.get('/strandwatch/widgets.js', (request, response) => {
    if (bundle === null) return void response.status(404).type('text').send('not built: run npm run build');
    response.set('ETag', `"${bundle.version}"`);
    response.set('X-Content-Type-Options', 'nosniff');
    const isPinned = request.query.v === bundle.version;
    response.set('Cache-Control', isPinned ? `private, max-age=${YEAR_S}, immutable` : 'private, no-cache');
    response.type('text/javascript').send(bundle.code);
  });
  app.get('/strandwatch/whoami', (request, response) => {
    response.set('Cache-Control', 'no-store').json({ user: userOf(request) });
  });
}

/** Version: a hash of the content, so that it changes when the code does. */
function readBundle(): { readonly code: Buffer; readonly version: string } | null {
  try {
    const code = readFileSync(BUNDLE);
    return { code, version: createHash('sha256').update(code).digest('hex').slice(0, 16) };
  } catch {
    // Run from the sources, as the tests of the nodes do: there is no bundle, and nobody asks for it.
    return null;
  }
}

/** Whoever the login in front has let in: as middleware put it on the request, or in its Basic header. */
function userOf(request: object): string | null {
  const { user, headers } = request as {
    user?: { username?: unknown };
    headers?: { authorization?: string };
  };
  if (typeof user?.username === 'string') return user.username;
  const [scheme, credentials = ''] = (headers?.authorization ?? '').split(' ');
  if (scheme !== 'Basic') return null;
  const name = Buffer.from(credentials, 'base64').toString('utf8').split(':')[0] ?? '';
  return name === '' ? null : name;
}
