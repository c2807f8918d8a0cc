/** A real MQTT broker for tests: Mosquitto, where it is installed. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { eventually } from './strandwatch-process.js';

/** Debian keeps it where services are, which is not on everybody's path. */
const PATH = `${process.env.PATH ?? ''}:/usr/sbin:/usr/local/sbin:/opt/homebrew/sbin`;

export const hasMosquitto = (): boolean =>
  spawnSync('mosquitto', ['-h'], { env: { ...process.env, PATH } }).error === undefined;

export class Mosquitto {
  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
  ) {}

  /** On a free port of this machine; without a file of its own Mosquitto serves nobody else. */
  static async start(): Promise<Mosquitto> {
    const port = await freePort();
    const child = spawn('mosquitto', ['-p', String(port)], {
      env: { ...process.env, PATH },
      stdio: 'ignore',
    });
    await eventually('Mosquitto', () => answers(port));
    return new Mosquitto(child, port);
  }

  async stop(): Promise<void> {
    if (this.child.kill('SIGKILL')) await once(this.child, 'exit');
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
