/** Levels of risk and alarms. Colour never comes without a shape (ISA-101; about one man in twelve sees red and green alike). */
import type { AlarmLevel } from '../lib/alarm.js';

export type Level = AlarmLevel | 'normal' | 'silent';

export const SHAPES: Readonly<Record<Level, string>> = {
  critical: '◆',
  warning: '▲',
  normal: '●',
  silent: '○',
};

export interface Limits {
  readonly warning: number;
  readonly critical: number;
}

export function levelOf(risk: number | null, { warning, critical }: Limits): Level {
  if (risk === null) return 'silent';
  if (risk >= critical) return 'critical';
  return risk >= warning ? 'warning' : 'normal';
}

export const RANK: Readonly<Record<Level, number>> = { critical: 3, warning: 2, normal: 1, silent: 0 };
