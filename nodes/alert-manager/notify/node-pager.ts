import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { systemClock } from '../../lib/clock.js';
import type { LoggingConfig } from '../../lib/config/schema.js';
import { RotatingFile } from '../../lib/rotating-file.js';
import { within } from '../../lib/within.js';
import type { Notification } from './notification.js';
import type { OutMessage } from '../alarm-messages.js';
import { NotifyStore } from './notify-store.js';
import { Pager } from './pager.js';
import { postWebhook } from './webhook-http.js';
import type { Webhook } from './channel.js';
import type { Answer, Post } from './webhook-queue.js';

const DAY_MS = 24 * 3600 * 1000;
const CHANCES = 2 ** 32;

/** What the pager needs of a node of Node-RED. */
export interface PagingNode {
  readonly id: string;
  send(messages: (OutMessage[] | null)[]): void;
  warn(text: string): void;
}

export interface NodePager {
  readonly pager: Pager;
  /** Resolved once everything is in its file, or `patienceMs` are over. */
  close(patienceMs: number): Promise<void>;
}

/** A pager that writes into `folder`, calls webhooks and sends by the second output of the node. */
export function nodePager(node: PagingNode, folder: string, logging: LoggingConfig): NodePager {
  const files = new Map<string, RotatingFile>();
  const closing = new AbortController();
  const fileOf = (channel: string): RotatingFile => {
    const known = files.get(channel);
    if (known !== undefined) return known;
    const limits = {
      maxBytes: logging.max_size_mb * 1e6,
      maxFiles: logging.max_files,
      maxAgeMs: logging.max_age_days * DAY_MS,
    };
    const path = join(folder, `notifications-${plain(node.id)}-${distinct(channel)}.jsonl`);
    const file = new RotatingFile(path, limits, systemClock, ({ message }) =>
      node.warn(
        `${path}: notifications can't be logged (${message}). Free the disk or make the folder writable.`,
      ),
    );
    files.set(channel, file);
    return file;
  };
  const pager = new Pager({
    clock: systemClock,
    chance: () => randomInt(CHANCES) / CHANCES,
    toFlow: (notifications) =>
      node.send([null, notifications.map((notification) => ({ ...notification })), null]),
    toLog: (channel, notification) => fileOf(channel).write(`${JSON.stringify(logLine(notification))}\n`),
    post: (webhook, post) => postWithToken(webhook, post, closing.signal),
    warn: (channel, text) => node.warn(`channel ${channel}: ${text}.`),
    openStore: (snapshot) =>
      NotifyStore.open({
        path: join(folder, `notified-${plain(node.id)}.jsonl`),
        clock: systemClock,
        snapshot,
        report: (problem) =>
          problem === null ? node.warn('notifications are stored again.') : node.warn(problem.message),
      }),
  });
  return {
    pager,
    async close(patienceMs) {
      const closed = pager.close(patienceMs);
      // Whether it arrived is not known: it is sent again after the restart.
      closing.abort();
      const written = Promise.all([...files.values()].map((file) => file.close())).then(() => undefined);
      await Promise.all([closed, within(systemClock, patienceMs, written)]);
    },
  };
}

/** The token is read from the environment with each attempt, and is neither kept nor logged. */
function postWithToken(webhook: Webhook, post: Post, closing: AbortSignal): Promise<Answer> {
  const { tokenEnv } = webhook;
  if (tokenEnv === null) return postWebhook(webhook, null, post, systemClock, closing);
  const token = process.env[tokenEnv] ?? '';
  // `fetch` would repeat what can't be sent, and so tell the token.
  if (/^[!-~]+$/.test(token)) return postWebhook(webhook, token, post, systemClock, closing);
  const why = token === '' ? 'is not set' : 'holds a character that no token has, such as a space';
  return Promise.resolve({
    kind: 'failed',
    why: `the environment variable ${tokenEnv} ${why}`,
    waitMs: null,
  });
}

/** Without the records, which the journal of the alarms has. */
function logLine({ at, alarm, active, returned, ...notification }: Notification): object {
  return {
    time: new Date(at).toISOString(),
    ...notification,
    alarm: alarm?.id ?? null,
    active: active.map(({ id }) => id),
    returned: returned.map(({ id }) => id),
  };
}

/** Names that differ in what no file name may hold are told apart by a checksum. */
const distinct = (name: string): string =>
  plain(name) === name ? name : `${plain(name)}-${crc32(name).toString(16).padStart(8, '0')}`;

const plain = (name: string): string => name.replaceAll(/[^\w-]/g, '_');
