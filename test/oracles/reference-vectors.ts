import { kernelDensity } from '../../nodes/lib/statistics/reference/kernel-density.js';
import {
  distances,
  limits,
  referenceModel,
  residualShape,
  type Limits,
  type ReferenceModel,
} from '../../nodes/lib/statistics/reference/reference-model.js';
import { mismatches, type Tolerances } from './tolerance.js';

type Rows = readonly (readonly number[])[];

interface ModelVectors {
  readonly k: number;
  readonly levels: readonly number[];
  readonly limits: Readonly<Record<keyof Limits, readonly number[]>>;
}

interface KdeVectors {
  readonly id: string;
  readonly grid_x: readonly number[];
  readonly grid_y: readonly number[];
}

interface ReferenceFile {
  readonly tol: Tolerances;
  readonly baseline: Rows;
  readonly monitor: Rows;
  readonly loadings: Rows;
  readonly models: readonly ModelVectors[];
  readonly kde: readonly KdeVectors[];
}

const KNOWN = ['scaler', 'eigenvalues', 'explained_ratio', 'loadings'] as const;

/** @returns what is wrong, one line each */
export function checkReference(content: unknown): string[] {
  const file = content as ReferenceFile & Record<string, unknown>;
  const model = referenceModel(file.baseline);
  const total = model.eigenvalues.reduce((sum, value) => sum + value, 0);
  const got: Readonly<Record<(typeof KNOWN)[number], unknown>> = {
    scaler: { mean: model.mean, scale: model.scale },
    eigenvalues: model.eigenvalues,
    explained_ratio: model.eigenvalues.map((value) => value / total),
    loadings: model.loadings.slice(0, file.loadings.length),
  };
  return [
    ...KNOWN.flatMap((field) => mismatches(field, got[field], file[field], file.tol)),
    ...file.models.flatMap((expected) =>
      mismatches('', modelAnswers(model, file, expected), expected, file.tol).map(
        (problem) => `k=${expected.k} ${problem}`,
      ),
    ),
    ...file.kde.flatMap((expected) => {
      const { id, ...values } = expected;
      return mismatches('', densityAnswers(model, file, expected), values, file.tol).map(
        (problem) => `${id} ${problem}`,
      );
    }),
  ];
}

function modelAnswers(
  model: ReferenceModel,
  { monitor }: ReferenceFile,
  { k, levels }: ModelVectors,
): unknown {
  const { scores, t2, spe } = distances(model, k, monitor);
  const byLevel = levels.map((level) => limits(model, k, level));
  const names = ['t2_chi2', 't2_f', 'spe_jm', 'spe_box'] as const;
  const over = (name: keyof Limits): number[] =>
    byLevel.map((limit) => (name.startsWith('t2') ? t2 : spe).filter((value) => value > limit[name]).length);
  return {
    ...{ k, levels, scores, t2, spe },
    ...residualShape(model, k),
    limits: Object.fromEntries(names.map((name) => [name, byLevel.map((limit) => limit[name])])),
    monitor_over: Object.fromEntries(names.map((name) => [name, over(name)])),
  };
}

/** `pc1-pc2` is the density of the first two scores, `v0-v1` that of the raw columns 0 and 1. */
function densityAnswers(
  model: ReferenceModel,
  { baseline, monitor }: ReferenceFile,
  { id, grid_x, grid_y }: KdeVectors,
): unknown {
  const [kind = '', a = NaN, b = NaN] = [
    /^pc/.test(id) ? 'pc' : 'v',
    ...(id.match(/\d+/g) ?? []).map(Number),
  ];
  const pointsOf = (rows: Rows): [number, number][] =>
    kind === 'pc'
      ? distances(model, Math.max(a, b), rows).scores.map((score) => [score[a - 1]!, score[b - 1]!])
      : rows.map((row) => [row[a]!, row[b]!]);
  const density = kernelDensity(pointsOf(baseline));
  return {
    ...{ grid_x, grid_y, factor: density.factor, covariance: density.covariance },
    density: grid_y.map((y) => grid_x.map((x) => density.at([x, y]))),
    at_monitor: pointsOf(monitor).map((point) => density.at(point)),
  };
}
