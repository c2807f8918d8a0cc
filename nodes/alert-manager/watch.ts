import type { CastMs } from '../lib/clock.js';
import { MessageError } from '../lib/errors.js';
import type { ProcessState } from '../lib/process-state.js';
import { isQuiet, normal, type Condition } from '../lib/alarm-condition/condition.js';

/** What is known of one rule on one strand. */
export interface Watch {
  readonly strand: string;
  readonly rule: string;
  castId: string;
  /** Newest cast time heard. */
  lastAt: CastMs;
  condition: Condition;
  /** The alarm of the present run of the cast, until its life is over. */
  alarmId: string | null;
  /** Process state that suppresses it by design. */
  suppressedBy: ProcessState | null;
  /** When it was last raised, oldest first: as often as chattering takes. */
  raisedAt: readonly CastMs[];
}

/** What the journal keeps of a watch: the delays in progress, and what suppresses it. */
export type WatchState = Readonly<
  Pick<Watch, 'strand' | 'rule' | 'castId' | 'condition' | 'suppressedBy'> & { at: CastMs }
>;

/** Nothing that an earlier run would have to tell a later one. */
export const isIdle = ({ condition, suppressedBy }: Pick<Watch, 'condition' | 'suppressedBy'>): boolean =>
  isQuiet(condition) && suppressedBy === null;

/** All watches, keyed by strand and rule; strands that have nothing to tell give way to new ones. */
export class Watches {
  private readonly byStrand = new Map<string, Map<string, Watch>>();
  /** Watches whose condition or suppression changed since they were last asked for. */
  private readonly changed = new Set<Watch>();

  get(strand: string, rule: string): Watch | undefined {
    return this.byStrand.get(strand)?.get(rule);
  }

  hasHeard(strand: string): boolean {
    return this.byStrand.has(strand);
  }

  /**
   * The watch, a new one where there is none.
   * @throws MessageError STRAND_LIMIT when there is no room for another strand
   */
  of(strand: string, rule: string, castId: string, at: CastMs, levels: number, maxStrands: number): Watch {
    let watches = this.byStrand.get(strand);
    if (watches === undefined) {
      if (this.byStrand.size >= maxStrands) this.makeRoom(maxStrands);
      this.byStrand.set(strand, (watches = new Map<string, Watch>()));
    }
    let watch = watches.get(rule);
    if (watch === undefined) {
      const condition = normal({ length: levels });
      watch = {
        strand,
        rule,
        castId,
        lastAt: at,
        condition,
        alarmId: null,
        suppressedBy: null,
        raisedAt: [],
      };
      watches.set(rule, watch);
    }
    return watch;
  }

  setCondition(watch: Watch, condition: Condition): void {
    if (watch.condition === condition) return;
    watch.condition = condition;
    this.changed.add(watch);
  }

  setSuppression(watch: Watch, state: ProcessState | null): void {
    watch.suppressedBy = state;
    this.changed.add(watch);
  }

  /** What changed since the last call: to be kept in the journal. */
  takeChanges(): readonly WatchState[] {
    if (this.changed.size === 0) return [];
    const changes = [...this.changed].map(stateOf);
    this.changed.clear();
    return changes;
  }

  /** Those with a delay in progress, an active condition or a suppression. */
  snapshot(): readonly WatchState[] {
    return [...this.all()].filter((watch) => !isIdle(watch)).map(stateOf);
  }

  *all(): Iterable<Watch> {
    for (const watches of this.byStrand.values()) yield* watches.values();
  }

  /** Forgets the watches of one strand, or of all. */
  forget(strand: string | null): void {
    for (const watch of this.all())
      if ((strand === null || watch.strand === strand) && !isIdle(watch)) {
        this.setCondition(watch, normal(watch.condition));
        this.setSuppression(watch, null);
      }
    if (strand === null) this.byStrand.clear();
    else this.byStrand.delete(strand);
  }

  private makeRoom(maxStrands: number): void {
    for (const [strand, watches] of this.byStrand) {
      const isIdle = [...watches.values()].every(
        ({ condition, alarmId }) => alarmId === null && isQuiet(condition),
      );
      if (!isIdle) continue;
      this.byStrand.delete(strand);
      return;
    }
    throw new MessageError(
      'STRAND_LIMIT',
      `alert-manager: all of the ${maxStrands} strands kept at once have an alarm. ` +
        'Acknowledge some, or raise streaming.max_strands in the configuration.',
    );
  }
}

const stateOf = ({ strand, rule, castId, condition, suppressedBy, lastAt }: Watch): WatchState => ({
  ...{ strand, rule, castId, condition, suppressedBy, at: lastAt },
});
