/** The seam to the alarm desk of `alert-manager`: what its alarms made of a cast. */
import { AlarmDesk } from '../../nodes/alert-manager/alarm-desk.js';
import { parseConfig } from '../../nodes/alert-manager/alert-manager.config.js';
import { evidenceFrom } from '../../nodes/alert-manager/evidence.js';
import { settingsInForce } from '../../nodes/alert-manager/settings.js';
import { wallMs } from '../../nodes/lib/clock.js';
import type { StrandConfigNode } from '../../nodes/lib/config-node.js';
import type { EnsemblePrediction, PipelineMessage } from '../../nodes/lib/messages.js';

/** A time during which an alarm was active. Times in s of the cast. */
export interface ActiveAlarm {
  readonly rule: string;
  readonly from: number;
  /** First second at which it was active no more; null: until the cast's end. */
  readonly to: number | null;
  /** Kept off the operator's list by design, with the reason in the record. */
  readonly suppressed: boolean;
}

/** Hands the predictions of one cast to an alarm desk that nobody acknowledges at. */
export class DeskRun {
  private readonly desk = new AlarmDesk();
  private readonly settings;
  private readonly active = new Map<string, { alarm: ActiveAlarm }>();
  private readonly over: ActiveAlarm[] = [];

  constructor(config: Pick<StrandConfigNode, 'current' | 'resolve'>) {
    this.settings = settingsInForce(config as StrandConfigNode, parseConfig({}));
  }

  take(message: PipelineMessage<EnsemblePrediction>): void {
    const evidence = evidenceFrom(message, this.settings.source);
    if (evidence === null) return;
    const second = message.cast.elapsed;
    for (const { event, record } of this.desk.assess(evidence, wallMs(message.timestamp), this.settings)) {
      if (event === 'raised') {
        const alarm = { rule: record.rule, from: second, to: null, suppressed: false };
        this.active.set(record.id, { alarm });
      } else if (event === 'returned-to-normal') this.close(record.id, second);
    }
  }

  /** In the order in which they began. */
  alarms(): ActiveAlarm[] {
    const open = [...this.active.values()].map(({ alarm }) => alarm);
    return [...this.over, ...open].sort((one, other) => one.from - other.from);
  }

  private close(id: string, second: number): void {
    const found = this.active.get(id);
    if (found === undefined) return;
    this.over.push({ ...found.alarm, to: second });
    this.active.delete(id);
  }
}
