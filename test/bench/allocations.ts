import { Session, type HeapProfiler } from 'node:inspector';
import { promisify } from 'node:util';

/** One in so many bytes is looked at. */
const SAMPLED = 512;

interface Allocations {
  /** Of the JavaScript heap, what was collected meanwhile included; buffers outside of it are not counted. */
  readonly bytes: number;
  /** Bytes by function, the most first. */
  readonly byFunction: readonly (readonly [name: string, bytes: number])[];
}

/** What some work allocates, told by V8's sampling heap profiler: an estimate, within a percent for a megabyte and more. */
export async function allocationsOf(work: () => unknown): Promise<Allocations> {
  const session = new Session();
  session.connect();
  // Called by name: the methods of a session have overloads that promisify can't choose from.
  const post = promisify(session.post.bind(session) as Post);
  await post('HeapProfiler.startSampling', {
    samplingInterval: SAMPLED,
    includeObjectsCollectedByMajorGC: true,
    includeObjectsCollectedByMinorGC: true,
  });
  await work();
  const { profile } = (await post('HeapProfiler.stopSampling', {})) as HeapProfiler.StopSamplingReturnType;
  session.disconnect();
  const byFunction = new Map<string, number>();
  const add = ({ callFrame, selfSize, children }: HeapProfiler.SamplingHeapProfileNode): void => {
    const name = `${callFrame.functionName} ${callFrame.url.split('/').slice(-2).join('/')}`;
    byFunction.set(name, (byFunction.get(name) ?? 0) + selfSize);
    children.forEach(add);
  };
  add(profile.head);
  const sorted = [...byFunction].sort(([, one], [, other]) => other - one);
  return { bytes: sorted.reduce((sum, [, bytes]) => sum + bytes, 0), byFunction: sorted };
}

type Post = (
  method: string,
  parameters: object,
  callback: (err: Error | null, result: object) => void,
) => void;
