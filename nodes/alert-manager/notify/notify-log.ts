/** What is kept of notifications over a restart: what was told, and what webhooks have not accepted yet. */
import { sealedLine, unsealedLine } from '../../lib/checked-line.js';
import type { GroupLog } from './alert-group.js';
import type { ToldEntry } from './notifier.js';
import type { Post } from './webhook-queue.js';

const FORMAT = 1;

export interface NotifyEntry {
  readonly told: readonly ToldEntry[];
  readonly queued: readonly Post[];
  /** Ids of posts that are settled. */
  readonly settled: readonly string[];
  /** Everything before this line no longer counts. */
  readonly isSnapshot: boolean;
}

export interface NotifyContent {
  readonly told: readonly ToldEntry[];
  readonly queue: readonly Post[];
  /** Length up to the last line that is whole. */
  readonly goodBytes: number;
}

/** One line for what changed together, so that it is stored whole or not at all. */
export function encodeNotify({ told, ...entry }: NotifyEntry): string {
  const plain = told.map(({ channel, group, log }) => ({
    ...{ channel, group },
    log: { ...log, firing: [...log.firing], resolved: [...log.resolved] },
  }));
  return sealedLine(FORMAT, { kind: 'notify', told: plain, ...entry });
}

/** Plays the lines back; one that is damaged is passed over, a torn one at the end cut off. */
export function readNotifyLog(bytes: Buffer): NotifyContent {
  const told = new Map<string, ToldEntry>();
  const queue = new Map<string, Post>();
  let goodBytes = 0;
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(LINE_FEED, start);
    if (end === -1) break;
    const entry = decode(bytes.toString('utf8', start, end));
    start = end + 1;
    if (entry === null) continue;
    goodBytes = start;
    if (entry.isSnapshot) {
      told.clear();
      queue.clear();
    }
    for (const one of entry.told) told.set(JSON.stringify([one.channel, one.group]), one);
    for (const post of entry.queued) queue.set(post.id, post);
    for (const id of entry.settled) queue.delete(id);
  }
  return { told: [...told.values()], queue: [...queue.values()], goodBytes };
}

const LINE_FEED = 0x0a;

type PlainLog = Omit<GroupLog, 'firing' | 'resolved'> & {
  readonly firing: string[];
  readonly resolved: string[];
};

function decode(line: string): NotifyEntry | null {
  const fields = unsealedLine(line);
  if (fields?.format !== FORMAT || fields.kind !== 'notify') return null;
  const { told, ...entry } = fields as unknown as Omit<NotifyEntry, 'told'> & {
    told: readonly { channel: string; group: string; log: PlainLog }[];
  };
  return {
    ...entry,
    told: told.map(({ channel, group, log }) => ({
      ...{ channel, group },
      log: { ...log, firing: new Set(log.firing), resolved: new Set(log.resolved) },
    })),
  };
}
