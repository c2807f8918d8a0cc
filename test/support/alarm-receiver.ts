/** A server on this machine that takes notifications as a plant's system would, and answers as a test wants. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Notification } from '../../nodes/alert-manager/notify/notification.js';

export interface Received {
  readonly path: string;
  /** `Idempotency-Key` */
  readonly key: string;
  readonly authorization: string | undefined;
  readonly text: string;
  readonly notification: Notification;
}

/** Answers the request; called with all that came so far, this one last. */
export type Answering = (response: ServerResponse, received: readonly Received[]) => void;

export const accept: Answering = (response) => void response.writeHead(204).end();

export class AlarmReceiver {
  readonly received: Received[] = [];
  private readonly server: Server;

  private constructor(public answer: Answering) {
    this.server = createServer((request, response) => {
      let text = '';
      request.setEncoding('utf8').on('data', (part: string) => (text += part));
      request.on('end', () => {
        this.received.push(receivedFrom(request, text));
        this.answer(response, this.received);
      });
    });
  }

  /** @param port 0 = any that is free */
  static async start(answer: Answering = accept, port = 0): Promise<AlarmReceiver> {
    const receiver = new AlarmReceiver(answer);
    receiver.server.listen(port, '127.0.0.1');
    await once(receiver.server, 'listening');
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/alarms`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}

function receivedFrom({ url, headers }: IncomingMessage, text: string): Received {
  const notification = JSON.parse(text) as Notification;
  const key = String(headers['idempotency-key']);
  return { path: url!, key, authorization: headers.authorization, text, notification };
}
