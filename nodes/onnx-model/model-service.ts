import type { Clock } from '../lib/clock.js';
import { asError, ModelError } from '../lib/errors.js';
import type { LoadedModel, TensorData } from '../lib/model-node.js';
import { within } from '../lib/within.js';
import type { Loaded } from './model-loader.js';

/** Longest that closing waits for runs under way, ms. Should one hang, its session is released whenever it returns. */
const CLOSE_WITHIN_MS = 800;

/**
 * Owner of one session, from loading to release.
 * The engines crash or read freed memory when a session is released during a run, so the release waits for the runs.
 */
export class ModelService {
  private loaded: Loaded | null = null;
  private failure: Error | null = null;
  private closed = false;
  private runs = 0;
  private idle: (() => void) | null = null;
  private readonly listeners = new Set<() => void>();
  private service: LoadedModel | null = null;

  constructor(private readonly clock: Clock) {}

  /** The model in service, or null while it loads, when it can't be loaded, and after closing. */
  get model(): LoadedModel | null {
    return this.service;
  }

  get problem(): Error | null {
    return this.failure;
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Waits for a model to load and takes it into service; one that comes after `close` is released at once. */
  async start(loading: Promise<Loaded>): Promise<void> {
    try {
      const loaded = await loading;
      if (this.closed) return await loaded.session.release();
      this.loaded = loaded;
      this.service = { card: loaded.card, backend: loaded.backend, run: (feeds) => this.run(feeds) };
    } catch (err) {
      if (this.closed) return;
      this.failure = asError(err);
    }
    for (const listener of this.listeners) listener();
  }

  /** Takes no further run. @returns when those under way are over and the session is released, or after 0.8 s */
  async close(): Promise<void> {
    this.closed = true;
    this.service = null;
    this.listeners.clear();
    await within(this.clock, CLOSE_WITHIN_MS, this.releaseWhenIdle());
  }

  private async releaseWhenIdle(): Promise<void> {
    if (this.runs > 0) await new Promise<void>((resolve) => (this.idle = resolve));
    const { loaded } = this;
    this.loaded = null;
    await loaded?.session.release();
  }

  private async run(feeds: Readonly<Record<string, TensorData>>): Promise<Record<string, TensorData>> {
    if (this.loaded === null || this.closed) {
      throw new ModelError('MODEL_FAILED', 'the model has been taken out of service.');
    }
    this.runs++;
    try {
      return await this.loaded.session.run(feeds);
    } catch (err) {
      throw new ModelError('MODEL_FAILED', `the run failed: ${asError(err).message}`, { cause: err });
    } finally {
      this.runs--;
      if (this.runs === 0) this.idle?.();
    }
  }
}
