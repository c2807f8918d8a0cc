/** An SMTP server on this machine that takes every mail and keeps it. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
}

export class MailServer {
  readonly mails: Mail[] = [];
  /** Mails refused before the first one is taken: a server that is down for a while. */
  private refusals: number;
  private readonly server: SMTPServer;

  private constructor(refusals: number) {
    this.refusals = refusals;
    this.server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      onData: (stream, session, done) => {
        let source = '';
        stream.setEncoding('latin1').on('data', (text: string) => (source += text));
        stream.on('end', () => {
          if (this.refusals-- > 0) return done(new Error('come back later'));
          const { mailFrom, rcptTo } = session.envelope;
          const from = mailFrom === false ? '' : mailFrom.address;
          this.mails.push({ from, to: rcptTo.map(({ address }) => address), ...partsOf(source) });
          done();
        });
      },
    });
  }

  static async start({ refusals = 0 } = {}): Promise<MailServer> {
    const mails = new MailServer(refusals);
    // Whoever is stopped while a mail is on its way resets the connection.
    mails.server.on('error', () => undefined);
    mails.server.listen(0, '127.0.0.1');
    await once(mails.server.server, 'listening');
    return mails;
  }

  get port(): number {
    return (this.server.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}

/** The flow as its user completes it: e-mail nodes send to this server. */
export const mailingTo = <Node extends { readonly type: string }>(
  { port }: MailServer,
  flow: readonly Node[],
): Node[] =>
  flow.map((node) => (node.type === 'e-mail' ? { ...node, server: '127.0.0.1', port: String(port) } : node));

/** Subject and plain text of a mail of one part. @throws when the subject is encoded: no alarm's is */
function partsOf(source: string): Pick<Mail, 'subject' | 'text'> {
  const split = source.indexOf('\r\n\r\n');
  const head = source.slice(0, split).replaceAll(/\r\n[ \t]+/g, ' ');
  const field = (name: string): string => new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1]?.trim() ?? '';
  const subject = field('subject');
  if (subject.startsWith('=?')) throw new Error(`an encoded subject: ${subject}`);
  const encoding = field('content-transfer-encoding').toLowerCase();
  return { subject, text: decoded(source.slice(split + 4), encoding).trimEnd() };
}

function decoded(body: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  const isQuoted = encoding === 'quoted-printable';
  const bytes = isQuoted ? body.replaceAll(/=\r\n/g, '').replaceAll(/=([0-9A-F]{2})/g, charOf) : body;
  return Buffer.from(bytes, 'latin1').toString('utf8').replaceAll('\r\n', '\n');
}

const charOf = (_: string, hex: string): string => String.fromCharCode(parseInt(hex, 16));
