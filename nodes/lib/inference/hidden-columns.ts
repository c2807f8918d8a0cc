import { logit } from '../log-odds.js';
import type { LoadedModel } from '../model-node.js';
import type { Rows } from './batch-predictor.js';
import type { Pool } from './pool.js';
import { probabilityIn, type Explaining } from './predictor.js';

export interface HiddenColumnsJob<Payload> {
  readonly model: LoadedModel;
  readonly pool: Pool<Rows<Payload>>;
  readonly payload: Payload;
  readonly probability: number;
  /** Gets the log-odds of each input when all are known, or null when there won't be any. */
  readonly finish: (shares: readonly number[] | null) => void;
}

/**
 * Explains a probability by hiding one input after the other, as if it had not been measured: what that takes off the
 * log-odds is the input's share. Each run hides as many as go into a batch.
 */
export class HiddenColumns<Payload> implements Explaining {
  private readonly shares: number[] = [];
  private readonly end: (() => void) | undefined;

  constructor(private readonly job: HiddenColumnsJob<Payload>) {
    this.end = job.model.lease?.();
  }

  async next(): Promise<boolean> {
    const { model, pool, payload, probability, finish } = this.job;
    const { input, output } = model.card;
    const from = this.shares.length;
    const count = Math.min(model.batch, input.names.length - from);
    const rows = pool.take();
    try {
      rows.put(0, payload);
      rows.hideEach(from, count);
      const outputs = await model.run(rows.feeds(0, count));
      for (let row = 0; row < count; row++)
        this.shares.push(logit(probability) - logit(probabilityIn(outputs, output.probability, row)));
    } finally {
      pool.give(rows);
    }
    if (this.shares.length < input.names.length) return false;
    this.end?.();
    finish(this.shares);
    return true;
  }

  drop(): void {
    this.end?.();
    this.job.finish(null);
  }
}
