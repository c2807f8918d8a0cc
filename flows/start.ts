/** `npm start`: the reference system in one process. Checks everything it was given before it loads Node-RED. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { systemClock } from '../nodes/lib/clock.js';
import { readConfig } from '../nodes/lib/config/read-config.js';
import { asError, ConfigError } from '../nodes/lib/errors.js';
import { packageRoot } from '../nodes/lib/package-paths.js';
import { chosenCasts } from './chosen-casts-file.js';
import { NodeRedServer, type Settings } from './node-red-server.js';
import { helpText, parseOptions, UsageError, type LaunchOptions } from './options.js';
import { FLOW_FILE, provideFlow, type FlowOutcome } from './user-flow-file.js';
import { provideSecret } from './user-secret-file.js';

/** Ctrl-C promises an end within 5 s; what has not closed by then is left to the operating system. */
const STOP_WITHIN_MS = 4500;

/** What a newcomer sees: two strands, each with a defect on its way. */
const FIRST_CASTS = ['two-strands-1', 'two-strands-2'];

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2), process.env);
  if (options.help) return say(helpText);
  const casts = await chosenCasts(castsAskedFor(options));
  if (options.configFile !== null) checkConfigFile(options.configFile);

  passOn({ ...options, casts });
  const settings = loadSettings();
  const server = new NodeRedServer();
  const port = await server.listen(options.port, settings.uiHost);
  const stop = stopOnce(server);
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);

  say('StrandWatch is starting ...');
  const userDir = resolve(options.userDir);
  const { outcome, ...ofUser } = provideUserFiles(userDir);
  tellFlow(outcome, ofUser.flowFile);
  await server.start({ ...settings, ...ofUser, uiPort: port, userDir });
  sayAddresses(settings.uiHost, port);
  if (options.durationS !== null) systemClock.after(options.durationS * 1000, stop);
}

const castsAskedFor = ({ casts, strands }: LaunchOptions): readonly string[] =>
  casts.length === 0 && strands === null ? FIRST_CASTS : casts;

function checkConfigFile(file: string): void {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (err) {
    const { code = 'unreadable' } = err as NodeJS.ErrnoException;
    throw new UsageError(`--config: can't read ${file} (${code}).`, { cause: err });
  }
  readConfig(text, file);
}

/** The flow reads these as `${STRANDWATCH_...}` in the fields of its nodes. */
function passOn({ casts, speed, strands, configFile }: LaunchOptions): void {
  process.env.STRANDWATCH_CAST = casts.join(',');
  process.env.STRANDWATCH_SPEED = speed === null ? '' : String(speed);
  process.env.STRANDWATCH_STRANDS = strands === null ? '' : String(strands);
  process.env.STRANDWATCH_CONFIG = configFile === null ? '' : resolve(configFile);
}

function loadSettings(): Settings {
  return createRequire(__filename)(join(packageRoot(), 'flows', 'settings.js')) as Settings;
}

/** `flowFile` is absolute: Node-RED would take a relative one from the current directory where it finds it there. */
function provideUserFiles(userDir: string): {
  outcome: FlowOutcome;
  flowFile: string;
  credentialSecret: string;
} {
  try {
    const outcome = provideFlow(join(packageRoot(), 'flows', 'strandwatch.json'), userDir);
    return { outcome, flowFile: join(userDir, FLOW_FILE), credentialSecret: provideSecret(userDir) };
  } catch (err) {
    throw new UsageError(`--user-dir: can't write to ${userDir} (${asError(err).message}).`, { cause: err });
  }
}

function tellFlow(outcome: FlowOutcome, file: string): void {
  if (outcome === 'copied') say(`Your flow is ${file}.`);
  else if (outcome === 'updated') say(`Your unedited flow ${file} was brought up to this version.`);
  else if (outcome === 'kept')
    say(`Your edited flow ${file} is kept. The shipped one has changed: delete yours to get it.`);
}

function sayAddresses(host: string, port: number): void {
  const shownHost = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host;
  const base = `http://${shownHost}:${port}`;
  say(`
  dashboard  ${base}/ui  (Dashboard 1)
             ${base}/dashboard  (Dashboard 2)
  editor     ${base}/
  metrics    ${base}/strandwatch/metrics
  health     ${base}/strandwatch/health
`);
  if (!isLoopback(host) && !process.env.STRANDWATCH_ADMIN_PASSWORD)
    say(`Listening on ${host} without a login: set STRANDWATCH_ADMIN_PASSWORD.`);
  say('Replaying. Ctrl-C ends it.');
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host.startsWith('127.');

/** Ends the process once: npm hands on the Ctrl-C that the terminal has already sent, so each comes twice. */
function stopOnce(server: NodeRedServer): () => void {
  let isStopping = false;
  return () => {
    if (isStopping) return;
    isStopping = true;
    say('Stopping ...');
    systemClock.after(STOP_WITHIN_MS, () => {
      complain(`Some nodes did not close within ${STOP_WITHIN_MS / 1000} s.`);
      process.exit(1);
    });
    server.stop().then(
      () => process.exit(0),
      (err: unknown) => {
        complain(asError(err).message);
        process.exit(1);
      },
    );
  };
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const complain = (text: string): void => void process.stderr.write(`strandwatch: ${text}\n`);

main().catch((err: unknown) => {
  const isExpected = err instanceof UsageError || err instanceof ConfigError;
  complain(isExpected ? err.message : (asError(err).stack ?? asError(err).message));
  process.exit(1);
});
