import type { Node, NodeStatus } from 'node-red';
import type { Clock, MonoMs, TimerHandle } from './clock.js';

/** Least time between two statuses of a node, ms: each one travels to every open editor. */
const INTERVAL_MS = 1000;

/** Red is worse than yellow, and both are worse than the rest. */
const gravity = ({ fill }: NodeStatus): number => (fill === 'red' ? 2 : fill === 'yellow' ? 1 : 0);

/**
 * Shows a node's status at most once a second. The first change shows at once, the last one always shows.
 * What is worse never waits behind what is better; getting better does, so that a node that wavers does not flicker.
 */
export class ThrottledStatus {
  private shownAt: MonoMs | null = null;
  private shown: NodeStatus = {};
  private waiting: NodeStatus | null = null;
  private timer: TimerHandle | null = null;

  constructor(
    private readonly node: Pick<Node, 'status'>,
    private readonly clock: Clock,
  ) {}

  show(status: NodeStatus): void {
    if (
      status.fill === this.shown.fill &&
      status.text === this.shown.text &&
      status.shape === this.shown.shape
    ) {
      this.waiting = null;
      return;
    }
    const wait = this.waitFor(status);
    if (wait <= 0) return this.send(status);
    this.waiting = status;
    this.timer ??= this.clock.after(wait, () => {
      this.timer = null;
      if (this.waiting !== null) this.send(this.waiting);
    });
  }

  /** Whether a status of this colour would be shown at once: words that change with each message needn't be looked up before. */
  isDue(fill: NonNullable<NodeStatus['fill']>): boolean {
    return this.waitFor({ fill }) <= 0;
  }

  /** To be called when the node closes. */
  close(): void {
    if (this.timer !== null) this.clock.cancel(this.timer);
    this.timer = null;
    this.waiting = null;
  }

  /** ms; 0 or less: not at all. */
  private waitFor(status: NodeStatus): number {
    if (this.shownAt === null || gravity(status) > gravity(this.shown)) return 0;
    return this.shownAt + INTERVAL_MS - this.clock.mono();
  }

  private send(status: NodeStatus): void {
    this.waiting = null;
    this.shown = status;
    this.shownAt = this.clock.mono();
    this.node.status(status);
  }
}
