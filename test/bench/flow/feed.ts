import type { Node, NodeMessage } from 'node-red';
import { readingAt, type Recording } from './recordings.js';

/** What a source is to send. */
export interface Feed {
  readonly recordings: readonly Recording[];
  readonly strands: number;
  /** Number of the first strand. */
  readonly first: number;
  /** Cast seconds to send, of each strand, and the second to begin with. */
  readonly seconds: number;
  readonly from: number;
  /** The second at which the last of all feeds of this run ends. */
  readonly end: number;
  /** Cast seconds per second; Infinity = as fast as the flow takes them. */
  readonly speed: number;
}

/** Readings handed on in one turn of the event loop, as cast-replay does. */
const BATCH = 50;
const START_S = 1_772_434_800;

/** Seconds between two strands that are played from the same recording. */
const APART_S = 97;

/**
 * Sends readings of many strands, each somewhere else in one of the recordings, without a seam. Paced, the strands are spread
 * over the second, as casters that know nothing of each other are.
 * @returns the number of readings sent, when all are
 */
export function play(
  node: Node,
  { recordings, strands, first, seconds, from, end, speed }: Feed,
): Promise<number> {
  const total = strands * seconds;
  const reading = (index: number): NodeMessage => {
    const strand = index % strands;
    const second = from + Math.floor(index / strands);
    const topic = String(first + strand);
    const recording = recordings[strand % recordings.length]!;
    const { grade, length } = recording;
    const start = (APART_S * Math.floor(strand / recordings.length)) % (length - end);
    return {
      topic,
      timestamp: (START_S + second) * 1000,
      cast: { strand: topic, castId: 'bench', elapsed: second, grade, mold: 'M01' },
      payload: readingAt(recording, start + second),
      timings: { entry: performance.now(), stages: {} },
    };
  };
  return new Promise((resolve) => {
    const startedAt = performance.now();
    let next = 0;
    const turn = (): void => {
      const due =
        speed === Infinity ? total : Math.ceil(((performance.now() - startedAt) / 1000) * speed * strands);
      for (let sent = 0; sent < BATCH && next < Math.min(total, due); sent++) node.send(reading(next++));
      if (next >= total) resolve(total);
      else if (speed === Infinity || next < due) setImmediate(turn);
      else setTimeout(turn, 1);
    };
    turn();
  });
}
