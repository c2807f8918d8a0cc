/** The inference log: one JSON line per prediction, shared by all nodes that write into the same folder. */
import { join } from 'node:path';
import { pino, type Logger } from 'pino';
import { CauseGate } from '../cause-gate.js';
import type { Clock } from '../clock.js';
import type { LoggingConfig } from '../config/schema.js';
import { DependencyError } from '../errors.js';
import { GatheredLines } from './gathered-lines.js';
import type { Contribution, EnsembleMethod, ModelKind } from '../messages.js';
import { userPath } from '../package-paths.js';
import { within } from '../within.js';
import { RotatingFile, type RotationLimits } from '../rotating-file.js';

/** What is written of a prediction, besides the computer's time and the level (`warn` when nothing could be said). */
export interface InferenceRecord {
  /** Time in the cast, ISO 8601; null where no calendar reaches. */
  readonly castTime: string | null;
  readonly strand: string;
  readonly cast: string | null;
  readonly kind: ModelKind | 'ensemble';
  readonly probability: number | null;
  readonly latencyMs?: number;
  readonly model?: string;
  readonly version?: string;
  readonly method?: EnsembleMethod;
  readonly agreement?: number | null;
  readonly degraded?: boolean;
  readonly fallback?: boolean;
  readonly confidence?: number;
  /** Score of the rules, 0..1; null when none could be evaluated. */
  readonly rules?: number | null;
  readonly contributions?: readonly Contribution[];
  readonly reason?: string;
  /** Said by a candidate beside the model in service. */
  readonly shadow?: boolean;
  /** Candidate's probability minus that of the model in service; null when one was silent. */
  readonly difference?: number | null;
}

export interface LogSurroundings {
  /** Node-RED's user directory; a runtime without one gets no log. */
  readonly userDir: string | undefined;
  readonly clock: Clock;
  /** Told once per cause when the disk refuses. */
  readonly onTrouble: (error: Error) => void;
}

interface SharedFile {
  readonly file: RotatingFile;
  readonly lines: GatheredLines;
  readonly logger: Logger;
  users: number;
}

/** One writer per file, or they would rotate it under each other. An entry lives as long as a node uses it. */
const sharedFiles = new Map<string, SharedFile>();

/** Longest that closing waits for the disk, ms. */
const CLOSE_WITHIN_MS = 800;
const MB = 1024 * 1024;
const DAY_MS = 24 * 3600 * 1000;

/** A node's line to the log that the configuration asks for. */
export class InferenceLog {
  private path: string | null = null;

  constructor(private readonly surroundings: LogSurroundings) {}

  /** Writes from now on where, and if, the configuration says. */
  follow({ inference, directory, max_size_mb, max_files, max_age_days }: LoggingConfig): void {
    const before = this.path;
    const { userDir } = this.surroundings;
    this.path =
      inference && userDir !== undefined ? join(userPath(directory, userDir), 'inference.jsonl') : null;
    if (this.path !== null) {
      const limits = { maxBytes: max_size_mb * MB, maxFiles: max_files, maxAgeMs: max_age_days * DAY_MS };
      joinShared(this.path, limits, this.surroundings);
    }
    if (before !== null) void leaveShared(before);
  }

  write(record: InferenceRecord): void {
    if (this.path === null) return;
    const { logger } = sharedFiles.get(this.path)!;
    if (record.probability === null) logger.warn(record);
    else logger.info(record);
  }

  /** @returns when the node's lines are in the file, unless other nodes still write there or the disk hangs */
  async close(): Promise<void> {
    const { path } = this;
    this.path = null;
    if (path !== null) await within(this.surroundings.clock, CLOSE_WITHIN_MS, leaveShared(path));
  }
}

function joinShared(path: string, limits: RotationLimits, surroundings: LogSurroundings): void {
  const shared = sharedFiles.get(path) ?? openShared(path, limits, surroundings);
  shared.file.limits = limits;
  shared.users++;
  sharedFiles.set(path, shared);
}

async function leaveShared(path: string): Promise<void> {
  const shared = sharedFiles.get(path)!;
  shared.users--;
  if (shared.users > 0) return;
  sharedFiles.delete(path);
  shared.lines.flush();
  await shared.file.close();
}

function openShared(path: string, limits: RotationLimits, { clock, onTrouble }: LogSurroundings): SharedFile {
  const gate = new CauseGate(clock);
  const file = new RotatingFile(path, limits, clock, (cause) => {
    const error = gate.admit(logError(path, cause));
    if (error !== undefined) onTrouble(error);
  });
  const options = {
    base: null,
    timestamp: () => `,"time":"${new Date(clock.wall()).toISOString()}"`,
    formatters: { level: (level: string) => ({ level }) },
  };
  const lines = new GatheredLines(clock, (some) => file.write(some));
  return { file, lines, logger: pino(options, { write: (line) => lines.add(line) }), users: 0 };
}

const logError = (path: string, cause: Error): DependencyError =>
  new DependencyError(
    'LOG_FAILED',
    `${path}: predictions can't be logged (${cause.message}). They go on unlogged; free the disk or make the folder ` +
      'writable, or set logging.inference to false.',
    { cause },
  );
