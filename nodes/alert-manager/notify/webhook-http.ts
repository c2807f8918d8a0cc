import type { Clock } from '../../lib/clock.js';
import { asError } from '../../lib/errors.js';
import type { Webhook } from './channel.js';
import type { Answer, Post } from './webhook-queue.js';

/** Busy or waiting for something else: worth another attempt although the code is of the 400s. */
const TRY_AGAIN = [408, 425, 429];

/**
 * One attempt to hand a notification to a webhook. Only the configured URL is ever called: a redirection is refused, so that
 * the receiver can't lead the request, or the token in it, to another host. The answer's body is not read.
 * @param token the bearer token; null = none
 * @param closing aborts it: nobody waits for the answer any more
 */
export async function postWebhook(
  { url, timeoutMs }: Webhook,
  token: string | null,
  { id, body }: Post,
  clock: Clock,
  closing: AbortSignal,
): Promise<Answer> {
  const abort = new AbortController();
  const timer = clock.after(timeoutMs, () =>
    abort.abort(new Error(`no answer within ${timeoutMs / 1000} s`)),
  );
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.any([abort.signal, closing]),
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'idempotency-key': id,
        'user-agent': 'strandwatch',
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      body,
    });
    await response.body?.cancel().catch(() => undefined);
    return answerOf(response);
  } catch (thrown) {
    return { kind: 'failed', why: reasonOf(thrown), waitMs: null };
  } finally {
    clock.cancel(timer);
  }
}

function answerOf({ status, headers }: Response): Answer {
  if (status >= 200 && status < 300) return { kind: 'accepted' };
  if (status >= 300 && status < 400)
    return { kind: 'refused', why: `it redirects (${status}), and redirections are not followed` };
  const why = `it answered ${status}`;
  if (status >= 500 || TRY_AGAIN.includes(status)) {
    const seconds = Number(headers.get('retry-after') ?? Number.NaN);
    return { kind: 'failed', why, waitMs: Number.isFinite(seconds) && seconds > 0 ? 1000 * seconds : null };
  }
  return { kind: 'refused', why };
}

/** `fetch failed` says nothing: its cause does. */
function reasonOf(thrown: unknown): string {
  const { message, cause } = asError(thrown);
  return cause instanceof Error && cause.message !== '' ? cause.message : message;
}
