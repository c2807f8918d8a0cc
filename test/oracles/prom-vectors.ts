import {
  activeLimit,
  assess,
  normal,
  type ConditionSettings,
} from '../../nodes/lib/alarm-condition/condition.js';
import { castMs } from '../../nodes/lib/clock.js';

/** On-delays and off-delays as Prometheus' rule engine has them: `for` and `keep_firing_for`. */
interface PromFile {
  readonly cases: readonly {
    readonly id: string;
    readonly interval_s: number;
    readonly threshold: number;
    readonly on_delay_s: number;
    readonly off_delay_s: number;
    readonly values: readonly (number | null)[];
    readonly states: readonly string[];
  }[];
}

export const isPromFile = (content: unknown): content is PromFile => {
  const first = (content as PromFile | null)?.cases?.[0];
  return first !== undefined && 'on_delay_s' in first && Array.isArray(first.states);
};

/** @returns what differs, one line per case */
export function checkProm({ cases }: PromFile): string[] {
  return cases.flatMap(({ id, interval_s, threshold, on_delay_s, off_delay_s, values, states }) => {
    const settings: ConditionSettings<'on'> = {
      limits: [{ level: 'on', above: threshold, deadband: 0 }],
      onDelayMs: 1000 * on_delay_s,
      offDelayMs: 1000 * off_delay_s,
    };
    let condition = normal(settings.limits);
    const wrong = values.findIndex((value, tick) => {
      // No value: for Prometheus the condition is not true.
      condition = assess(condition, value ?? -Infinity, castMs(1000 * interval_s * tick), settings);
      return stateOf() !== states[tick];
    });
    return wrong === -1 ? [] : [`${id} tick ${wrong}: expected ${states[wrong]}, got ${stateOf()}`];

    function stateOf(): string {
      if (activeLimit(condition, settings) !== null) return 'firing';
      return condition[0]!.phase;
    }
  });
}
