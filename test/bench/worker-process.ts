import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** Runs a worker in a Node.js of its own and returns what it wrote as JSON. @throws with what it said when it failed */
export async function inProcess<Result>(worker: string, task: object): Promise<Result> {
  const script = join(__dirname, worker);
  const child = spawn(process.execPath, ['--expose-gc', '--import', 'tsx', script, JSON.stringify(task)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${worker} ended with ${code ?? 'a signal'}: ${err}${out}`);
  return JSON.parse(out.trim().split('\n').at(-1)!) as Result;
}
