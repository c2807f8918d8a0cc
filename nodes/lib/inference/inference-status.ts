import type { Node } from 'node-red';
import type { Clock } from '../clock.js';
import { ThrottledStatus } from '../node-status.js';

export type StatusKey = 'off' | 'loading' | 'waiting' | 'risk';

/** The status of an inference node. Words are looked up once, for a prediction may come a thousand times a second. */
export class InferenceStatus {
  private readonly status: ThrottledStatus;
  private readonly words: Readonly<Record<StatusKey, string>>;
  private percent = -1;

  constructor(node: Pick<Node, 'status'>, clock: Clock, wordFor: (key: StatusKey) => string) {
    this.status = new ThrottledStatus(node, clock);
    this.words = {
      off: wordFor('off'),
      loading: wordFor('loading'),
      waiting: wordFor('waiting'),
      risk: wordFor('risk'),
    };
  }

  off(): void {
    this.show('grey', 'ring', this.words.off);
  }

  loading(): void {
    this.show('grey', 'ring', this.words.loading);
  }

  waiting(): void {
    this.show('grey', 'ring', this.words.waiting);
  }

  /** The model can't serve at all. */
  problem({ message }: Error): void {
    this.show('red', 'ring', firstLine(message));
  }

  /** The model could not speak for one instant. */
  silent({ message }: Error): void {
    this.show('yellow', 'dot', firstLine(message));
  }

  risk(probability: number): void {
    const percent = Math.round(100 * probability);
    if (percent === this.percent) return;
    this.show('green', 'dot', `${this.words.risk} ${percent} %`);
    this.percent = percent;
  }

  close(): void {
    this.status.close();
  }

  private show(fill: 'grey' | 'green' | 'yellow' | 'red', shape: 'ring' | 'dot', text: string): void {
    this.percent = -1;
    this.status.show({ fill, shape, text });
  }
}

const firstLine = (text: string): string => text.split('\n', 1)[0]!;
