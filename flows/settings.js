/**
 * Node-RED settings of the reference system, safe by default. Used by `npm start`, and standalone:
 * node-red -s flows/settings.js -u DIR
 *
 * Environment:
 *   STRANDWATCH_HOST            address to listen on; default 127.0.0.1, this machine only
 *   PORT                        port; default 1880
 *   STRANDWATCH_ADMIN_PASSWORD  login of editor, dashboard and metrics; without one they are open
 *   STRANDWATCH_ADMIN_USER      its user; default admin
 *   STRANDWATCH_CAST, _SPEED, _STRANDS, _CONFIG   what the launcher's options set; blank = the nodes' defaults
 */
'use strict';
const { createHash, timingSafeEqual } = require('node:crypto');
const path = require('node:path');

for (const name of ['CAST', 'SPEED', 'STRANDS', 'CONFIG']) process.env[`STRANDWATCH_${name}`] ??= '';

const user = process.env.STRANDWATCH_ADMIN_USER || 'admin';
const password = process.env.STRANDWATCH_ADMIN_PASSWORD || '';

const dashboard = {
  path: 'ui',
  // Shown until the first page is there; without one the dashboard asks for it in vain.
  middleware(request, response, next) {
    if (request.path !== '/loading.html') return next();
    response.type('html').send('<p style="font-size: 24px; color: #93a1b0">StrandWatch is loading ...</p>');
  },
};

/** Dashboard 2 takes its settings from here; without them it would take those of Dashboard 1. */
const dashboard2 = {};

module.exports = {
  uiHost: process.env.STRANDWATCH_HOST || '127.0.0.1',
  uiPort: process.env.PORT || 1880,
  flowFile: 'flows.json',
  flowFilePretty: true,
  // This package's own palette, wherever the user directory is.
  nodesDir: [path.join(__dirname, '..')],

  // Nothing leaves this machine by itself.
  telemetry: { enabled: false, updateNotification: false },
  editorTheme: {
    page: { title: 'StrandWatch' },
    header: { title: 'StrandWatch' },
    tours: false,
    // Off, since not switched on; saying `enabled: false` makes Node-RED warn at each start.
    projects: {},
    palette: { catalogues: [] },
  },

  // No code comes in over the network: neither palettes nor modules for function nodes.
  externalModules: {
    autoInstall: false,
    palette: { allowInstall: false, allowUpload: false },
    modules: { allowInstall: false },
  },
  functionExternalModules: false,
  functionTimeout: 0,
  exportGlobalContextKeys: false,
  httpServerOptions: { 'x-powered-by': false },
  runtimeState: { enabled: false, ui: false },
  diagnostics: { enabled: true, ui: true },

  ui: dashboard,
  dashboard: dashboard2,
  logging: { console: { level: 'warn', metrics: false, audit: false } },
  ...(password === '' ? {} : login()),
};

/** One login for everything that is served, except the health page that probes call. */
function login() {
  return {
    adminAuth: {
      type: 'credentials',
      users: [{ username: user, password: nodeRedBcrypt().hashSync(password, 10), permissions: '*' }],
    },
    httpNodeAuth(request, response, next) {
      if (request.path === '/strandwatch/health' || isLoggedIn(request)) return next();
      response.set('WWW-Authenticate', 'Basic realm="StrandWatch"').sendStatus(401);
    },
    ui: { ...dashboard, ioMiddleware },
    dashboard: { ...dashboard2, ioMiddleware },
  };
}

/** The dashboards' sockets don't pass through httpNodeAuth, so they are asked for the login here. */
function ioMiddleware(socket, next) {
  const isWebsocketFirst = socket.client.conn.request.url.includes('transport=websocket');
  if (isWebsocketFirst || socket.handshake.xdomain || !isLoggedIn(socket.request))
    return next(new Error('login required'));
  next();
}

function isLoggedIn(request) {
  const [scheme, credentials = ''] = (request.headers.authorization ?? '').split(' ');
  if (scheme !== 'Basic') return false;
  const given = Buffer.from(credentials, 'base64').toString('utf8');
  // Digests have one length, which timingSafeEqual asks for.
  const digest = (text) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(`${user}:${password}`));
}

/** The bcrypt that Node-RED checks the login with: it comes with Node-RED, not with this package. */
function nodeRedBcrypt() {
  const places = [__dirname, ...(require.main ? [require.main.path] : [])];
  const nodeRed = require.resolve('node-red', { paths: places });
  return require(require.resolve('bcryptjs', { paths: [nodeRed] }));
}
