/** The way from a page to its flow and back: over the template of whichever dashboard hosts it. */
import type { Frame } from '../lib/dashboard.js';
import type { CommandAnswer } from '../lib/messages.js';
import { after, every } from './browser-clock.js';
import { nextRequest } from './feed-state.js';
import { askOperator } from './operator-dialog.js';
import { store } from './store.js';

/** Who carries a command out; the flow's switch sends it there. */
export type Recipient = 'feed' | 'alarms' | 'replay' | 'baseline' | 'sequence' | 'ensemble';

export interface PageMessage {
  readonly to: Recipient;
  readonly command: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly topic?: string;
  /** Comes back with the answer. */
  readonly request: string;
}

const PERIOD_MS = 1000;
const PATIENCE_MS = 10_000;

type Send = (message: PageMessage) => void;

class Link {
  private sends: Send[] = [];
  private readonly waiting = new Map<string, (answer: CommandAnswer) => void>();
  private count = 0;
  private stop: (() => void) | null = null;

  /** A template that is on the page now. @returns the way to take it off */
  attach(send: Send): () => void {
    this.sends.push(send);
    this.stop ??= every(PERIOD_MS, this.poll);
    this.poll();
    return () => {
      this.sends = this.sends.filter((one) => one !== send);
      if (this.sends.length > 0) return;
      this.stop?.();
      this.stop = null;
    };
  }

  /** What a template was handed. */
  receive(message: unknown): void {
    const { answer, payload, request } = (message ?? {}) as {
      answer?: CommandAnswer;
      payload?: unknown;
      request?: unknown;
    };
    if (answer === undefined || typeof request !== 'string') return;
    if (answer.command === 'get-frame') return store.takeFrame(payload as Frame);
    const settle = this.waiting.get(request);
    this.waiting.delete(request);
    settle?.(answer);
    this.poll();
  }

  /** Gives a command, in the user's name. The answer tells whether it was carried out; silence counts as a refusal. */
  async ask(
    to: Recipient,
    command: string,
    args: Readonly<Record<string, unknown>> = {},
    topic?: string,
  ): Promise<CommandAnswer> {
    if (isRecorded(to, command) && store.state.user === '' && !(await askOperator()))
      return { command, ok: false, code: 'NO_NAME', message: 'Say who you are first: it is recorded.' };
    return new Promise((resolve) => {
      const request = this.nextId();
      const giveUp = after(PATIENCE_MS, () => {
        this.waiting.delete(request);
        resolve({ command, ok: false, code: 'NO_ANSWER', message: 'No answer: is the flow running?' });
      });
      this.waiting.set(request, (answer) => {
        giveUp();
        resolve(answer);
      });
      const { user } = store.state;
      const payload = user === '' ? args : { ...args, user };
      this.send({ to, command, payload, request, ...(topic === undefined ? {} : { topic }) });
    });
  }

  private readonly poll = (): void => {
    store.changed();
    if (document.hidden) return;
    const payload = { ...nextRequest(store.held, store.selected) };
    this.send({ to: 'feed', command: 'get-frame', payload, request: this.nextId() });
  };

  private send(message: PageMessage): void {
    this.sends.at(-1)?.(message);
  }

  private nextId(): string {
    return `${++this.count}`;
  }
}

/** Commands that go into a record under the name of who gave them. */
const isRecorded = (to: Recipient, command: string): boolean =>
  to === 'feed'
    ? command === 'set' || command === 'reset-to-file'
    : to === 'alarms' && !command.startsWith('get-');

export const link = new Link();
