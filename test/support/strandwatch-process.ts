/** The real system in a process of its own, started as `npm start` starts it: from `dist/`, in a user directory of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const ROOT = resolve(__dirname, '..', '..');
const LAUNCHER = join(ROOT, 'dist', 'flows', 'start.js');
/** A loaded machine loads Node-RED slowly; what hangs fails here and not in mocha's own time-out. */
const PATIENCE_MS = 90_000;

export interface Launch {
  readonly options?: readonly string[];
  readonly userDir?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Where it is started; its user directory is elsewhere. */
  readonly workDir?: string;
}

const running = new Set<StrandWatchProcess>();
const folders: string[] = [];

/** A folder that is removed after the tests. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'strandwatch-'));
  folders.push(folder);
  return folder;
}

/** To be called in a suite: nothing that it starts outlives it. */
export function cleanUp(): void {
  after(async () => {
    await Promise.all([...running].map((one) => one.kill()));
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
}

export class StrandWatchProcess {
  private readonly child: ChildProcess;
  readonly userDir: string;
  output = '';

  constructor({
    options = [],
    userDir = temporaryFolder(),
    environment = {},
    workDir = temporaryFolder(),
  }: Launch = {}) {
    if (!existsSync(LAUNCHER)) throw new Error('dist/ is missing: run `npm run build` first.');
    this.userDir = userDir;
    this.child = spawn(process.execPath, [LAUNCHER, '--port', '0', '--user-dir', userDir, ...options], {
      cwd: workDir,
      env: { ...process.env, PORT: '', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout!, this.child.stderr!])
      stream.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    running.add(this);
    this.child.once('exit', () => running.delete(this));
  }

  /** Waits until it says that it replays. @returns its address, such as `http://127.0.0.1:41234` */
  async ready(): Promise<string> {
    await eventually('the start', () => this.output.includes('Ctrl-C ends it') || this.hasExited);
    const address = /dashboard\s+(http:\S+)\/ui/.exec(this.output)?.[1];
    if (address === undefined) throw new Error(`it did not start:\n${this.output}`);
    return address;
  }

  get hasExited(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  /** Waits for the end. @returns its exit code */
  async exit(): Promise<number | null> {
    if (!this.hasExited) await once(this.child, 'exit', { signal: AbortSignal.timeout(PATIENCE_MS) });
    return this.child.exitCode;
  }

  /** Ends it as Ctrl-C does. @returns the exit code */
  async stop(): Promise<number | null> {
    this.signal('SIGINT');
    return this.exit();
  }

  async kill(): Promise<void> {
    if (this.hasExited) return;
    this.child.kill('SIGKILL');
    await once(this.child, 'exit');
  }

  /** Lines that Node-RED or a node logged as errors or warnings, or that the launcher complained with. */
  get complaints(): string[] {
    return this.output.split('\n').filter((line) => /\[(error|warn|fatal)\]|^strandwatch: /.test(line));
  }
}

/** Asks again and again until the answer is truthy. @throws after a generous time, saying what was waited for */
export async function eventually<Answer>(
  what: string,
  ask: () => Answer | Promise<Answer>,
): Promise<NonNullable<Answer>> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > until) throw new Error(`waited ${PATIENCE_MS / 1000} s in vain for ${what}`);
    await new Promise((resume) => setTimeout(resume, 100));
  }
}

/** The value of a metric with these labels, summed over the others; 0 when it isn't there. */
export async function metric(
  address: string,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): Promise<number> {
  const response = await fetch(`${address}/strandwatch/metrics`);
  if (!response.ok) return 0;
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  return (await response.text())
    .split('\n')
    .filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`))
    .filter((line) => wanted.every((label) => line.includes(label)))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
}
