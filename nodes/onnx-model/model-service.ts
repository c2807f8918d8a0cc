import type { Clock } from '../lib/clock.js';
import { asError, ModelError } from '../lib/errors.js';
import type { LoadedModel, TensorData } from '../lib/model-node.js';
import { within } from '../lib/within.js';
import type { Loaded } from './model-loader.js';

/** Longest that closing waits for runs under way, ms. Should one hang, its session is released whenever it returns. */
const CLOSE_WITHIN_MS = 800;

/**
 * Owner of the session in service and of those that still have runs to end.
 *
 * A new model takes the place of the old one between two runs: what began on the old one ends there. The engines crash or
 * read freed memory when a session is released during a run, so a release waits for the runs, and for the leases, under
 * which several runs make one prediction.
 */
export class ModelService {
  private serving: Serving | null = null;
  private failure: Error | null = null;
  private closed = false;
  private readonly retiring = new Set<Promise<void>>();
  /** Why a session could not be released. A swap goes on without it: one session is lost, not the flow. */
  private unreleased: Error | null = null;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly clock: Clock) {}

  /** The model in service, or null while it loads, when it can't be loaded, and after closing. */
  get model(): LoadedModel | null {
    return this.closed ? null : this.serving;
  }

  /** Why there is no model; null while one serves. */
  get problem(): Error | null {
    return this.failure;
  }

  /** Sessions that are not released yet, the one in service included. */
  get sessions(): number {
    return this.retiring.size + (this.serving === null ? 0 : 1);
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Takes a model into service in place of the one before; one that comes after `close` is released at once. */
  serve(loaded: Loaded): void {
    const next = new Serving(loaded);
    if (this.closed) return this.retire(next);
    const before = this.serving;
    this.serving = next;
    this.failure = null;
    this.tell();
    if (before !== null) this.retire(before);
  }

  /** A model that can't serve: the one in service goes on; where there is none, this is why. */
  refuse(error: Error): void {
    if (this.closed || this.serving !== null) return;
    this.failure = error;
    this.tell();
  }

  /**
   * Takes no further run.
   * @returns when those under way are over and the sessions are released, or after 0.8 s
   * @throws what the engine said of a session, now or at a swap before, that it could not release
   */
  async close(): Promise<void> {
    this.closed = true;
    const { serving } = this;
    this.serving = null;
    // Whoever uses the model hears of it first: messages that come before they close too wait, instead of failing.
    this.tell();
    this.listeners.clear();
    if (serving !== null) this.retire(serving);
    await within(
      this.clock,
      CLOSE_WITHIN_MS,
      Promise.all(this.retiring).then(() => undefined),
    );
    if (this.unreleased !== null) throw this.unreleased;
  }

  private retire(serving: Serving): void {
    const released = serving
      .retire()
      .catch((err: unknown) => void (this.unreleased ??= asError(err)))
      .finally(() => this.retiring.delete(released));
    this.retiring.add(released);
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

/** One session with its card, from taking it into service to its release. */
class Serving implements LoadedModel {
  readonly card: LoadedModel['card'];
  readonly backend: LoadedModel['backend'];
  readonly batch: number;
  private uses = 0;
  private isRetired = false;
  private isReleased = false;
  private idle: (() => void) | null = null;

  constructor(private readonly loaded: Loaded) {
    this.card = loaded.card;
    this.backend = loaded.backend;
    this.batch = loaded.batch;
  }

  lease(): () => void {
    this.uses++;
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      this.uses--;
      if (this.uses === 0) this.idle?.();
    };
  }

  async run(feeds: Readonly<Record<string, TensorData>>): Promise<Record<string, TensorData>> {
    // A lease taken after the release brings nothing back.
    if (this.isReleased || (this.isRetired && this.uses === 0))
      throw new ModelError('MODEL_FAILED', 'the model has been taken out of service.');
    const end = this.lease();
    try {
      return await this.loaded.session.run(feeds);
    } catch (err) {
      throw new ModelError('MODEL_FAILED', `the run failed: ${asError(err).message}`, { cause: err });
    } finally {
      end();
    }
  }

  /** Releases the session once nothing uses it. */
  async retire(): Promise<void> {
    this.isRetired = true;
    if (this.uses > 0) await new Promise<void>((resolve) => (this.idle = resolve));
    this.isReleased = true;
    await this.loaded.session.release();
  }
}
