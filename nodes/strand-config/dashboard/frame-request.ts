import type { FrameRequest, SectionName, SeriesMark } from '../../lib/dashboard.js';

const SECTIONS: readonly SectionName[] = ['settings', 'alarms', 'replay', 'casts', 'health', 'errors'];

/** What a browser asks for. Anything strange counts as not had: then it is told more than it needs, never less. */
export function frameRequest(args: Readonly<Record<string, unknown>>): FrameRequest {
  const { strand, feed, revisions } = args;
  const had = objectIn(revisions);
  const known = SECTIONS.filter((name) => typeof had[name] === 'number');
  return {
    strand: typeof strand === 'string' && strand !== '' ? strand : null,
    feed: typeof feed === 'string' ? feed : '',
    revisions: Object.fromEntries(known.map((name) => [name, had[name]])),
    risk: markIn(args.risk),
    trends: markIn(args.trends),
  };
}

function markIn(value: unknown): SeriesMark | null {
  const { run, upTo } = objectIn(value);
  return typeof run === 'number' && typeof upTo === 'number' ? { run, upTo } : null;
}

const objectIn = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
