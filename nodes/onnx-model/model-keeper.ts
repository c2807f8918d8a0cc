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

/**
 * Keeps the model in service the one on the disk. Files are looked at one at a time, and once more when they changed
 * meanwhile. A model that fails a check is refused with the reason, and the one in service goes on.
 */
export class ModelKeeper {
  private fingerprint: string | null = null;
  private isLooking = false;
  private lookAgain = false;
  private isClosed = false;

  constructor(
    private readonly kind: ModelKind,
    private readonly service: ModelService,
    private readonly source: ModelSource,
    private readonly vets: Iterable<Vet>,
    private readonly tell: (news: ModelNews, error: Error | null) => void,
  ) {}

  /** Looks at the disk, now or after the look under way. Never rejects. */
  async look(): Promise<void> {
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
    this.service.refuse(error);
    if (card === undefined) return;
    const code = error instanceof StrandWatchError ? error.code : 'MODEL_FAILED';
    const { name: model, version } = card;
    this.tell(
      { event: 'model:refused', kind: this.kind, model, version, code, reason: error.message },
      error,
    );
  }
}
