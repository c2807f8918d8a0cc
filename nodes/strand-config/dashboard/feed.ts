import type { Clock } from '../../lib/clock.js';
import type { LiveChange, LoggedChange } from '../../lib/config-node.js';
import type { StrandWatchConfig } from '../../lib/config/schema.js';
import type {
  AlarmPreview,
  ErrorLine,
  Frame,
  FrameRequest,
  Section,
  SectionName,
  SettingsContent,
  StrandDetail,
  StrandSummary,
} from '../../lib/dashboard.js';
import { noConfiguration } from '../../lib/follow-config.js';
import { messageKind } from '../../lib/message-kind.js';
import type { CommandAnswer, EnsemblePrediction, PipelineMessage, Reading } from '../../lib/messages.js';
import { AlarmList, isAlarmRecord } from './alarm-list.js';
import { FeedStrand } from './feed-strand.js';
import { alarmPreview, previewRequest } from './preview.js';

const ERRORS_SHOWN = 20;
const CHANGES_SHOWN = 100;

/**
 * Everything that the dashboards show, kept from the messages that pass; `frame` tells a browser what it lacks.
 * Strands are bounded by `streaming.max_strands`: the one silent for longest is forgotten for a new one.
 */
export class Feed {
  private config: StrandWatchConfig | null = null;
  private readonly strands = new Map<string, FeedStrand>();
  private readonly alarms = new AlarmList();
  private readonly sections = new Map<SectionName, Section<unknown>>();
  private errors: readonly ErrorLine[] = [];

  /** @param id names this run of the feed, so that browsers know of a restart */
  constructor(
    private readonly id: string,
    private readonly clock: Clock,
  ) {}

  get strandCount(): number {
    return this.strands.size;
  }

  configure(
    config: StrandWatchConfig,
    liveChanges: readonly LiveChange[],
    changeLog: readonly LoggedChange[],
  ): void {
    this.config = config;
    for (const strand of this.strands.values()) strand.configure(config);
    this.put('settings', settingsContent(config, liveChanges, changeLog));
  }

  /** Takes over what a message tells; what it is, its shape says. @returns true for a reading, which goes on */
  observe(msg: object): boolean {
    const { answer, payload, event } = msg as { answer?: CommandAnswer; payload?: unknown; event?: unknown };
    if (answer !== undefined) {
      this.takeAnswer(answer, msg);
      return false;
    }
    if (isHealth(payload)) {
      this.put('health', payload);
      return false;
    }
    const kind = messageKind(msg);
    if (kind === 'reading')
      this.strandOf(msg as PipelineMessage)?.addReading(msg as PipelineMessage<Reading>);
    else if (kind === 'ensemble')
      this.strandOf(msg as PipelineMessage)?.addRisk(msg as PipelineMessage<EnsemblePrediction>);
    else if (kind === 'replay') this.put('replay', payload);
    else if (kind === 'error') this.addError(msg);
    else if (event !== undefined && isAlarmRecord(payload)) {
      this.alarms.put(payload);
      this.put('alarms', this.alarms.content());
    }
    return kind === 'reading';
  }

  /** @throws ConfigError when a setting is out of its range, or nothing is configured yet */
  preview(args: Readonly<Record<string, unknown>>): AlarmPreview {
    if (this.config === null) throw noConfiguration();
    const memories = [...this.strands.values()].map(({ memory }) => memory);
    return alarmPreview(memories, previewRequest(args, this.config.alerts));
  }

  frame(request: FrameRequest): Frame {
    const isKnown = request.feed === this.id;
    const sections = [...this.sections].filter(
      ([name, { revision }]) => !isKnown || request.revisions[name] !== revision,
    );
    return {
      feed: this.id,
      wall: this.clock.wall(),
      strands: [...this.strands.values()].map((strand): StrandSummary => strand.summary(this.clock.mono())),
      detail: this.detail(request, isKnown),
      sections: Object.fromEntries(sections),
    };
  }

  private detail({ strand: name, risk, trends }: FrameRequest, isKnown: boolean): StrandDetail | null {
    const strand = name === null ? undefined : this.strands.get(name);
    return strand?.detail(isKnown ? risk : null, isKnown ? trends : null) ?? null;
  }

  private takeAnswer({ command, ok, result }: CommandAnswer, msg: object): void {
    if (!ok) return;
    if (command === 'get-alarms' && Array.isArray(result)) {
      const { topic } = msg as { topic?: unknown };
      const strand = typeof topic === 'string' && topic !== '' ? topic : null;
      this.alarms.replace(result.filter(isAlarmRecord), strand);
      this.put('alarms', this.alarms.content());
    } else if (command === 'list-casts') this.put('casts', result);
    else if (isReplay(result)) this.put('replay', result);
  }

  private addError(msg: object): void {
    const { error, payload } = msg as {
      error?: { message?: unknown; source?: { name?: unknown; type?: unknown } };
      payload?: unknown;
    };
    const { name, type } = error?.source ?? {};
    const line: ErrorLine = {
      at: this.clock.wall(),
      source: textIn(name) ?? textIn(type) ?? 'flow',
      message: textIn(error?.message) ?? textIn(payload) ?? 'an error without words',
    };
    this.errors = [line, ...this.errors].slice(0, ERRORS_SHOWN);
    this.put('errors', this.errors);
  }

  private put(name: SectionName, content: unknown): void {
    this.sections.set(name, { revision: (this.sections.get(name)?.revision ?? 0) + 1, content });
  }

  private strandOf({ topic }: PipelineMessage): FeedStrand | null {
    const known = this.strands.get(topic);
    if (known !== undefined) return known;
    if (this.config === null || typeof topic !== 'string') return null;
    if (this.strands.size >= this.config.streaming.max_strands) this.forgetLongestSilent();
    const strand = new FeedStrand(topic, this.config, this.clock);
    this.strands.set(topic, strand);
    return strand;
  }

  private forgetLongestSilent(): void {
    const [longest] = [...this.strands.values()].sort((one, other) => one.heardAt - other.heardAt);
    if (longest !== undefined) this.strands.delete(longest.name);
  }
}

function settingsContent(
  { sensors, features, alerts, models, dashboard }: StrandWatchConfig,
  liveChanges: readonly LiveChange[],
  changeLog: readonly LoggedChange[],
): SettingsContent {
  return {
    sensors: sensors.map(({ name, label, unit, normal, range }) => ({ name, label, unit, normal, range })),
    features: { derived: features.derived.map(({ name, unit }) => ({ name, unit })) },
    alerts: Object.fromEntries(
      Object.entries(alerts).filter(([key]) => key !== 'notification'),
    ) as SettingsContent['alerts'],
    models,
    history: dashboard.history,
    liveChanges,
    changeLog: changeLog.slice(0, CHANGES_SHOWN),
  };
}

const textIn = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

const isReplay = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'state' in value && 'strands' in value && 'speed' in value;

const isHealth = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'health' in value && 'rates' in value;
