import type { CalibrationAdvice } from './calibration-advice.js';
import type { CostAdvice } from './cost-advice.js';
import type { Evaluation } from './evaluation.js';
import type { Provenance } from './provenance.js';

/** What was asked for beside the figures. */
interface Advice {
  readonly cost: readonly CostAdvice[] | null;
  readonly calibration: CalibrationAdvice | null;
}

/** The document that `--json` prints. docs/evaluation.md describes it. */
export function reportJson(
  evaluation: Evaluation,
  provenance: Provenance,
  { cost, calibration }: Advice,
): string {
  const { models, comparisons, alarms, faultsAlone, casts, judgedHours, events } = evaluation;
  const byMechanism = Object.fromEntries(
    Object.entries(models).map(([source, report]) => [source, report?.byMechanism ?? null]),
  );
  const document = {
    provenance: { ...provenance, casts, judgedHours, events },
    ...{ models, byMechanism, comparisons, alarms, faultsAlone },
    ...(cost !== null && { cost }),
    ...(calibration !== null && { calibration }),
  };
  return JSON.stringify(document, shortened, 1);
}

/** Six decimals: far finer than any interval. */
const shortened = (_key: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isInteger(value) ? Math.round(value * 1e6) / 1e6 : value;
