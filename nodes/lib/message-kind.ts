export type MessageKind =
  'reading' | 'features' | 'tensor' | 'prediction' | 'ensemble' | 'alarm' | 'replay' | 'error' | 'other';

/**
 * What a message of the pipeline carries, told by the shape of its payload (docs/messages.md).
 * Only property look-ups: this runs for every reading.
 */
export function messageKind(msg: object): MessageKind {
  const { payload, error, answer, timestamp, topic, timings } = msg as Record<string, unknown>;
  if (error !== undefined) return 'error';
  if (answer !== undefined || typeof payload !== 'object' || payload === null) return 'other';
  const { probability, method, kind, state, level, id, values } = payload as Record<string, unknown>;
  if (probability !== undefined) {
    if (method !== undefined) return 'ensemble';
    if (typeof kind === 'string') return 'prediction';
  }
  if (typeof state === 'string') return level !== undefined && id !== undefined ? 'alarm' : 'replay';
  if (ArrayBuffer.isView(values)) return 'tensor';
  if (typeof topic !== 'string' || typeof timestamp !== 'number' || Array.isArray(payload)) return 'other';
  return hasFeatures(timings) ? 'features' : 'reading';
}

/** A feature vector looks like a reading; it has been through feature-extract. */
function hasFeatures(timings: unknown): boolean {
  const stages = (timings as { stages?: Record<string, unknown> } | undefined)?.stages;
  return stages?.['feature-extract'] !== undefined;
}
