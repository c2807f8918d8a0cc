import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock, wallMs } from '../../../../nodes/lib/clock.js';
import { postWebhook } from '../../../../nodes/alert-manager/notify/webhook-http.js';
import type { Post } from '../../../../nodes/alert-manager/notify/webhook-queue.js';

interface Heard {
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

const post: Post = { id: 'k1-1f-3', channel: 'mes', body: '{"payload":"Strand 1"}', queuedAt: wallMs(0) };

describe('a post to a webhook', () => {
  let server: Server;
  let heard: Heard[] = [];
  let answer: (response: ServerResponse) => void;
  const url = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/alarms`;
  const open = new AbortController().signal;
  const send = (
    change: { url?: string; timeoutMs?: number } = {},
    token: string | null = null,
    closing = open,
  ) =>
    postWebhook(
      { url: url(), tokenEnv: null, timeoutMs: 5000, ...change },
      token,
      post,
      systemClock,
      closing,
    );

  before((done) => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        heard.push({ url: request.url, headers: request.headers, body });
        answer(response);
      });
    }).listen(0, '127.0.0.1', done);
  });
  beforeEach(() => (heard = []));
  after((done) => {
    server.closeAllConnections();
    server.close(done);
  });

  it('carries the text, an id to tell repetitions by, and the token', async () => {
    answer = (response) => response.writeHead(204).end();
    assert.deepEqual(await send({}, 'secret'), { kind: 'accepted' });
    const [{ headers, body }] = heard as [Heard];
    assert.equal(body, post.body);
    assert.equal(headers['idempotency-key'], post.id);
    assert.equal(headers.authorization, 'Bearer secret');
    assert.match(headers['content-type']!, /^application\/json/);
  });

  it('never follows a redirection, so neither text nor token reach another address', async () => {
    answer = (response) => response.writeHead(307, { location: `${url()}/elsewhere` }).end();
    const got = await send({}, 'secret');
    assert.equal(got.kind, 'refused');
    assert.deepEqual(
      heard.map((one) => one.url),
      ['/alarms'],
    );
  });

  const answers: readonly [status: number, headers: Record<string, string>, expected: object][] = [
    [500, {}, { kind: 'failed', why: 'it answered 500', waitMs: null }],
    [503, { 'retry-after': '30' }, { kind: 'failed', why: 'it answered 503', waitMs: 30_000 }],
    [429, { 'retry-after': 'tomorrow' }, { kind: 'failed', why: 'it answered 429', waitMs: null }],
    [408, {}, { kind: 'failed', why: 'it answered 408', waitMs: null }],
    [400, {}, { kind: 'refused', why: 'it answered 400' }],
    [404, {}, { kind: 'refused', why: 'it answered 404' }],
  ];
  for (const [status, headers, expected] of answers)
    it(`is ${(expected as { kind: string }).kind} at ${status} ${JSON.stringify(headers)}`, async () => {
      answer = (response) => response.writeHead(status, headers).end('no');
      assert.deepEqual(await send(), expected);
    });

  it('fails when no answer comes in time', async () => {
    answer = () => undefined;
    const got = await send({ timeoutMs: 50 });
    assert.deepEqual(got, { kind: 'failed', why: 'no answer within 0.05 s', waitMs: null });
  });

  it('ends at once when the node closes', async () => {
    const closing = new AbortController();
    answer = () => closing.abort();
    assert.equal((await send({ timeoutMs: 3_600_000 }, null, closing.signal)).kind, 'failed');
  });

  it('fails with the reason when nobody listens', async () => {
    const got = await send({ url: 'http://127.0.0.1:19160/nobody' });
    assert.equal(got.kind, 'failed');
    assert.match((got as { why: string }).why, /ECONNREFUSED|bad port/);
  });

  it('does not wait for a body without end', async () => {
    answer = (response) => {
      response.writeHead(200);
      response.write('x');
    };
    assert.deepEqual(await send(), { kind: 'accepted' });
  });
});
