/**
 * The message contract: what flows between the nodes, and nothing else does.
 * `docs/messages.md` tells the same to people.
 */
import type { CastMs, MonoMs } from './clock.js';
import { MessageError, shown } from './errors.js';
import type { ProcessAssessment } from './process-state.js';
import type { QualityBySensor } from './quality.js';
import type { RuleAssessment } from './rules/rule-assessment.js';

/** Which cast a message belongs to. `elapsed` in s since its first reading, `position` in m of strand cast. */
export interface CastInfo {
  readonly strand: string;
  readonly castId: string;
  readonly elapsed: number;
  readonly heat?: string;
  readonly grade?: string;
  readonly mold?: string;
  readonly position?: number;
  readonly phase?: string;
}

/** Monotonic instant at which the reading entered, and ms spent by each stage since. */
export interface Timings {
  readonly entry: MonoMs;
  readonly stages: Record<string, number>;
}

/** What every message of the pipeline carries. */
export interface PipelineMessage<Payload = unknown> {
  /** Strand id. */
  topic: string;
  /** Time of the reading in the cast, ms since the epoch. */
  timestamp: CastMs;
  cast: CastInfo;
  payload: Payload;
  quality?: QualityBySensor;
  /** Set by feature-extract: what the caster is doing. */
  process?: ProcessAssessment;
  /** Set by feature-extract: the word of the deterministic rules. */
  rules?: RuleAssessment;
  /** Set by feature-extract: share of the models' inputs that rests on good sensors, 0..1. */
  confidence?: number;
  /** Set by feature-extract until its longest window is full: after a start, a restart or a jump of the clock. */
  warmUp?: WarmUp;
  timings: Timings;
  _msgid?: string;
  /** Whatever else the flow attached travels along. */
  [property: string]: unknown;
}

/** How much of the strand's past is known: `seconds` of the `of` s that the longest window holds, since cast time `since`. */
export interface WarmUp {
  readonly since: CastMs;
  readonly seconds: number;
  readonly of: number;
}

/** Engineering units of the configuration; a missing value is `null`, never a made-up number. */
export type Reading = Record<string, number | null>;

/** Sliding window, oldest first. `values` is row-major [time][sensor], NaN where missing. */
export interface Window {
  readonly sensors: readonly string[];
  readonly timestamps: Float64Array;
  readonly values: Float32Array;
  readonly length: number;
}

/** `"mold_level.std.60s" -> 1.8`; `null` where it can't be computed. */
export type FeatureVector = Record<string, number | null>;

/** Model input, left-padded: row-major [length][sensors]; `mask` is 1 where the value was measured, else 0. */
export interface Sequence {
  readonly sensors: readonly string[];
  readonly length: number;
  readonly values: Float32Array;
  readonly mask: Uint8Array;
}

/** One feature's share of the model's log-odds; positive raises the risk. */
export interface Contribution {
  readonly feature: string;
  readonly value: number | null;
  readonly contribution: number;
  /** What the feature is in 5 % to 95 % of seconds without a defect, for the cast's grade; absent where the card doesn't tell. */
  readonly normal?: NormalRange;
  /** The series behind the feature now, and its usual level in this very cast, in its unit; absent where not known. */
  readonly level?: number;
  readonly usual?: number;
}

/** `grade` is the cast's, or `any` where the card knows no better. */
export interface NormalRange {
  readonly low: number;
  readonly high: number;
  readonly grade: string;
}

/** Where in its window a sequence model looked: weights of equal parts, oldest first, summing to 1. */
export interface Attention {
  /** Length of one part, s. */
  readonly partS: number;
  readonly weights: readonly number[];
}

export type ModelKind = 'baseline' | 'sequence';

/** What a model said at one instant. `probability` is null when it could not say, and `reason` tells why. */
export interface Prediction {
  readonly probability: number | null;
  readonly kind: ModelKind;
  readonly model: string;
  readonly version: string;
  readonly latencyMs: number;
  /** Largest magnitude first. */
  readonly contributions?: readonly Contribution[];
  /** When the contributions are of an earlier instant of the strand: its time in the cast. */
  readonly explainedAt?: CastMs;
  /** Share of each mechanism, should this be a defect; they sum to 1. */
  readonly mechanisms?: Readonly<Record<string, number>>;
  readonly attention?: Attention;
  /** Features beside the contributions that the wording of an alarm draws on. */
  readonly context?: Readonly<Record<string, number>>;
  readonly reason?: string;
}

export type EnsembleMethod = 'weighted' | 'voting' | 'max';

/** Both predictions as one. `degraded` is true when a model that should have spoken did not. */
export interface EnsemblePrediction {
  readonly probability: number | null;
  readonly baseline: Prediction | null;
  readonly sequence: Prediction | null;
  readonly method: EnsembleMethod;
  readonly weights: Readonly<Record<ModelKind, number>>;
  /** 1 - |baseline - sequence|; null unless both spoke. */
  readonly agreement: number | null;
  readonly degraded: boolean;
  /** The word of the deterministic rules, always there as second opinion; null when feature-extract gave none. */
  readonly rules: RuleAssessment | null;
  /** True when no model could speak and `probability` is the rules' score. */
  readonly fallback: boolean;
  /** Share of the models' inputs that rests on good sensors, 0..1. */
  readonly confidence: number;
}

/** A command to a node: `msg.command`, arguments in `msg.payload`, strand in `msg.topic` (absent: all strands). */
export interface Command {
  readonly name: string;
  readonly strand: string | null;
  readonly args: Readonly<Record<string, unknown>>;
  /** Whatever else the asking message carried (`_msgid`, `req`, a browser's `socketid`): it goes back with the answer. */
  readonly envelope?: Readonly<Record<string, unknown>>;
}

/** A node's answer to a command, sent from its last output. */
export interface CommandAnswer {
  readonly command: string;
  readonly ok: boolean;
  /** Stable error code and words for people when `ok` is false. */
  readonly code?: string;
  readonly message?: string;
  readonly result?: unknown;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The command in a message, or null when the message carries none. `args.user` is whoever is logged in, if anyone is.
 * A bare payload (a number from a slider, a string from a drop-down) becomes `args.value`.
 * @throws MessageError when `msg.command` is not a text
 */
export function commandFrom(msg: object): Command | null {
  const { command, topic, payload } = msg as Record<string, unknown>;
  if (command === undefined) return null;
  if (typeof command !== 'string' || command === '') {
    throw new MessageError(
      'MESSAGE_INVALID',
      `msg.command: expected the name of a command, got ${shown(command)}. Set it to a text such as "pause".`,
    );
  }
  const given = isObject(payload)
    ? payload
    : payload === undefined || payload === ''
      ? {}
      : { value: payload };
  const login = loginOf(msg as Record<string, unknown>);
  const args = login === null ? given : { ...given, user: login };
  const strand = typeof topic === 'string' && topic !== '' ? topic : null;
  return { name: command, strand, args, ...envelopeOf(msg) };
}

/**
 * Who is logged in at the dashboard that sent a message: Dashboard 2 puts it into `msg._client.user`, a login in front of
 * either dashboard usually into `msg.user`. It goes before a name in the payload, which anybody can write.
 */
function loginOf({ user, _client: client }: Readonly<Record<string, unknown>>): string | null {
  return nameOf(isObject(client) ? client.user : undefined) ?? nameOf(user);
}

function nameOf(user: unknown): string | null {
  const names = isObject(user) ? [user.username, user.name, user.email] : [user];
  return names.find((name): name is string => typeof name === 'string' && name !== '') ?? null;
}

function envelopeOf(msg: object): Pick<Command, 'envelope'> {
  const spoken = ['command', 'topic', 'payload'];
  const rest = Object.entries(msg).filter(([property]) => !spoken.includes(property));
  return rest.length === 0 ? {} : { envelope: Object.fromEntries(rest) };
}

/** The last instant that a date can tell, ms; beyond it milliseconds can't even be counted one by one. */
const LAST_MS = 8.64e15;

/**
 * Checks the envelope (`topic`, `timestamp`, object payload) of a pipeline message and returns it typed, not copied.
 * @throws MessageError naming the property, what was expected and what came
 */
export function pipelineMessage<Payload extends object>(msg: object): PipelineMessage<Payload> {
  const { topic, timestamp, payload } = msg as Record<string, unknown>;
  if (typeof topic !== 'string' || topic === '') {
    throw new MessageError(
      'MESSAGE_INVALID',
      `msg.topic: expected a strand id, got ${shown(topic)}. Set it to a text such as "strand-1".`,
    );
  }
  if (typeof timestamp !== 'number' || !(Math.abs(timestamp) <= LAST_MS)) {
    throw new MessageError(
      'MESSAGE_INVALID',
      `msg.timestamp: expected ms since the epoch, got ${shown(timestamp)}. Set it to the time of the reading.`,
    );
  }
  if (!isObject(payload)) {
    throw new MessageError(
      'MESSAGE_INVALID',
      `msg.payload: expected an object, got ${shown(payload)}. See docs/messages.md for what each stage takes.`,
    );
  }
  return msg as PipelineMessage<Payload>;
}

/** A finite number, or NaN for anything else: `null`, text, Infinity. The one place where missing turns into NaN. */
export const numberOrNaN = (value: unknown): number =>
  typeof value === 'number' && Number.isFinite(value) ? value : NaN;

/** The way back: NaN leaves as `null`. */
export const numberOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);
