import type { Clock, MonoMs } from '../lib/clock.js';
import { alarmMessage, timingsOf, type OutMessage } from './alarm-messages.js';
import type { AlarmStore } from './alarm-store.js';
import type { Transition } from './life-cycle.js';
import type { WatchState } from './watch.js';

export interface Parcel {
  readonly transitions: readonly Transition[];
  /** Delays that began or ended: kept, but nothing to tell. */
  readonly watches: readonly WatchState[];
  /** The message that caused them. */
  readonly envelope: Readonly<Record<string, unknown>>;
  readonly startedAt: MonoMs;
}

export type OutSend = (messages: (OutMessage | OutMessage[] | null)[]) => void;

/** Lets alarms out once they are stored: an alarm that someone has seen is still there after a power cut. */
export class Outbox {
  constructor(
    private readonly store: AlarmStore,
    private readonly clock: Clock,
    /** Told of what is stored. */
    private readonly onStored: (transitions: readonly Transition[]) => void,
  ) {}

  /** Sends each transition and passes all on to `onStored`, then calls `then`; in the order of the calls. */
  post(
    { transitions, watches, envelope, startedAt }: Parcel,
    send: OutSend,
    then: (thrown?: unknown) => void,
  ): void {
    this.store.append(transitions, watches, (stored) => {
      try {
        for (const transition of transitions) {
          const timings = timingsOf(envelope, startedAt);
          timings.stages['alert-manager'] = this.clock.mono() - startedAt;
          const alarm = alarmMessage(transition, envelope, stored, timings);
          send([alarm, null, null]);
        }
        if (transitions.length > 0) this.onStored(transitions);
        then();
      } catch (thrown) {
        then(thrown);
      }
    });
  }
}
