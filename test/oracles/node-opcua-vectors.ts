import type { Part9Config } from './part9-alarm.js';
import { checkSequence, type Part9Sequence, type Part9Step } from './part9-vectors.js';

/** node-opcua's alarms, executed: acknowledge, confirm and shelve; limits. */
interface NodeOpcuaFile {
  readonly cycle?: readonly (Recorded & { readonly max_time_shelved_ms: number })[];
  readonly limit?: readonly (Recorded & { readonly limits: NonNullable<Part9Config['limits']> })[];
  /** Where node-opcua departs from OPC UA Part 9; `part9` says what holds after the last step. */
  readonly probes?: readonly {
    readonly name: string;
    readonly steps?: readonly Omit<Part9Step, 'expect'>[];
    readonly part9?: Readonly<Record<string, unknown>>;
  }[];
}

interface Recorded {
  readonly id: string;
  readonly initial: Part9Sequence['initial'];
  readonly steps: readonly Part9Step[];
}

export const isNodeOpcuaFile = (content: unknown): content is NodeOpcuaFile =>
  ['cycle', 'limit'].some((kind) => Array.isArray((content as Record<string, unknown> | null)?.[kind]));

/** @returns what differs, one line each */
export function checkNodeOpcua({ cycle = [], limit = [], probes = [] }: NodeOpcuaFile): string[] {
  return [
    ...cycle.map(({ id, max_time_shelved_ms, ...rest }) => ({
      name: id,
      config: { max_time_shelved_ms },
      ...rest,
    })),
    ...limit.map(({ id, limits, ...rest }) => ({ name: id, config: { limits }, ...rest })),
    ...probes.flatMap(({ name, steps = [], part9 }): Part9Sequence[] => {
      if (part9 === undefined) return [];
      const told = steps.map((step, index) => ({ ...step, expect: index === steps.length - 1 ? part9 : {} }));
      return [{ name, config: { max_time_shelved_ms: 60_000 }, initial: {}, steps: told }];
    }),
  ].flatMap(checkSequence);
}
