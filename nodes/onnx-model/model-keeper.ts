import type { Clock, TimerHandle } from '../lib/clock.js';
import { asError, StrandWatchError } from '../lib/errors.js';
import type { ModelKind } from '../lib/messages.js';
import type { ModelCard } from '../lib/model-card.js';
import type { ModelNews } from '../lib/model-node.js';
import type { Loaded } from './model-loader.js';
import type { ModelService } from './model-service.js';

/** A model that has passed every check, ready to be opened in this process. */
export interface Checked {
  readonly card: ModelCard;
  readonly fingerprint: string;
  open(): Promise<Loaded>;
}

/** How the keeper gets at models. */
export interface ModelSource {
  /** Reads and checks what is on the disk; null when that is the model with this fingerprint. @throws ModelError */
  check(except: string | null): Promise<Checked | null>;
}

/** Whether those who use the model can work with another one. @throws ModelError when they can't */
export type Vet = (card: ModelCard) => void;

/** Pause before a proof that the machine let fail is tried again, ms; twice as long each time, up to the longest. */
const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 600_000;

/**
 * Keeps the model in service the one on the disk. Files are looked at one at a time, and once more when they changed
 * meanwhile. A model that fails a check is refused with the reason, and the one in service goes on. Where none serves, one that
 * failed for want of time or memory is tried again: a plant that started on a busy machine must not stay without.
 */
export class ModelKeeper {
  private fingerprint: string | null = null;
  private isLooking = false;
  private lookAgain = false;
  private isClosed = false;
  private pauseMs = FIRST_PAUSE_MS;
  private nextTry: TimerHandle | null = null;

  constructor(
    private readonly kind: ModelKind,
    private readonly service: ModelService,
    private readonly source: ModelSource,
    private readonly vets: Iterable<Vet>,
    private readonly tell: (news: ModelNews, error: Error | null) => void,
    private readonly clock: Clock,
  ) {}

  /** Looks at the disk, now or after the look under way. Never rejects. */
  async look(): Promise<void> {
    this.dropNextTry();
    this.lookAgain = true;
    if (this.isLooking) return;
    this.isLooking = true;
    while (this.lookAgain && !this.isClosed) {
      this.lookAgain = false;
      await this.lookOnce();
    }
    this.isLooking = false;
  }

  close(): void {
    this.isClosed = true;
    this.dropNextTry();
  }

  private async lookOnce(): Promise<void> {
    try {
      const checked = await this.source.check(this.fingerprint);
      if (checked === null || this.isClosed) return;
      if (this.service.model !== null) for (const vet of this.vets) vet(checked.card);
      const loaded = await checked.open();
      const before = this.service.model;
      this.fingerprint = checked.fingerprint;
      this.service.serve(loaded);
      if (before !== null && !this.isClosed) this.tell(this.reloaded(loaded, before.card), null);
    } catch (err) {
      if (!this.isClosed) this.refused(asError(err));
    }
  }

  private reloaded({ card, backend }: Loaded, before: ModelCard): ModelNews {
    const { name: model, version } = card;
    const previous = { model: before.name, version: before.version };
    return { event: 'model:reloaded', kind: this.kind, model, version, backend, previous };
  }

  private refused(error: Error): void {
    const card = this.service.model?.card;
    const code = error instanceof StrandWatchError ? error.code : 'MODEL_FAILED';
    this.service.refuse(error);
    if (card === undefined) {
      if (code === 'MODEL_SLOW' || code === 'MODEL_FAILED') this.tryLater();
      return;
    }
    const { name: model, version } = card;
    this.tell(
      { event: 'model:refused', kind: this.kind, model, version, code, reason: error.message },
      error,
    );
  }

  private tryLater(): void {
    this.dropNextTry();
    this.nextTry = this.clock.after(this.pauseMs, () => void this.look());
    this.pauseMs = Math.min(2 * this.pauseMs, LONGEST_PAUSE_MS);
  }

  private dropNextTry(): void {
    if (this.nextTry !== null) this.clock.cancel(this.nextTry);
    this.nextTry = null;
  }
}
