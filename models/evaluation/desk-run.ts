/** The seam to the alarm desk of `alert-manager`: what its alarms made of a cast. */
import { AlarmDesk } from '../../nodes/alert-manager/alarm-desk.js';
import { parseConfig } from '../../nodes/alert-manager/alert-manager.config.js';
import { evidenceFrom } from '../../nodes/alert-manager/evidence.js';
import { settingsInForce, type AlarmSettings } from '../../nodes/alert-manager/settings.js';
import { isOffList, type AlarmRecord, type AlarmSource } from '../../nodes/lib/alarm.js';
import { wallMs } from '../../nodes/lib/clock.js';
import type { StrandConfigNode } from '../../nodes/lib/config-node.js';
import type { EnsemblePrediction, PipelineMessage } from '../../nodes/lib/messages.js';
import type { Source } from './sources.js';

/** A time during which an alarm was active, and either reached the operator or was kept from them. Times in s of the cast. */
export interface ActiveAlarm {
  readonly rule: string;
  readonly source: Source;
  readonly from: number;
  /** First second at which it was so no more; null: until the cast's end. */
  readonly to: number | null;
  /** Kept off the operator's list by design, with the reason in the record. */
  readonly suppressed: boolean;
}

/** Alarms about the product; those about sensors or the system's health are none. */
const SOURCE_OF: Readonly<Partial<Record<AlarmSource, Source>>> = {
  ensemble: 'ensemble',
  baseline: 'baseline',
  sequence: 'sequence',
  rule: 'rules',
};

const settingsOf = (config: StrandConfigNode): AlarmSettings => settingsInForce(config, parseConfig({}));

/** Whose scores raise alarms about the product. @throws ConfigError */
export function alarmedSources(config: StrandConfigNode): readonly Source[] {
  const sources = settingsOf(config).rules.map(({ source }) => SOURCE_OF[source]);
  return [...new Set(sources.filter((source) => source !== undefined))];
}

/** Hands the predictions of one cast to an alarm desk at which nobody acknowledges. */
export class DeskRun {
  private readonly desk = new AlarmDesk();
  private readonly settings: AlarmSettings;
  private readonly active = new Map<string, ActiveAlarm>();
  private readonly over: ActiveAlarm[] = [];

  /** @throws ConfigError */
  constructor(config: StrandConfigNode) {
    this.settings = settingsOf(config);
  }

  take(message: PipelineMessage<EnsemblePrediction>): void {
    const wall = wallMs(message.timestamp);
    for (const { record } of this.desk.assess(evidenceFrom(message), wall, this.settings))
      this.follow(record, message.cast.elapsed);
  }

  /** In the order in which they began. */
  alarms(): ActiveAlarm[] {
    return [...this.over, ...this.active.values()].sort((one, other) => one.from - other.from);
  }

  private follow(record: AlarmRecord, second: number): void {
    const source = SOURCE_OF[record.source];
    if (source === undefined) return;
    const { id, rule, condition } = record;
    const suppressed = isOffList(record);
    const before = this.active.get(id);
    if (condition !== null && before?.suppressed === suppressed) return;
    if (before !== undefined) this.over.push({ ...before, to: second });
    if (condition === null) this.active.delete(id);
    else this.active.set(id, { rule, source, from: second, to: null, suppressed });
  }
}
