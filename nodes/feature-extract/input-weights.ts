import { compileExpression } from '../lib/expression.js';
import type { FeaturePlan } from './feature-plan.js';

/**
 * Each sensor's share of the models' inputs. An input (a feature, a channel of the sequence) counts 1, shared equally by the
 * sensors that its series is computed from; the shares of all sensors sum to 1.
 */
export function inputWeights(plan: FeaturePlan): Float64Array {
  const sensorsOf = sensorsBySeries(plan);
  const inputs = plan.series.map(({ windows }) =>
    windows.reduce((sum, { statistics }) => sum + statistics.length, 0),
  );
  for (const { series } of plan.channels) inputs[series]!++;
  for (const { x, y } of plan.pairs) {
    inputs[x]! += 0.5;
    inputs[y]! += 0.5;
  }
  const weights = new Float64Array(plan.sensors.length);
  const total = inputs.reduce((sum, count) => sum + count, 0);
  sensorsOf.forEach((sensors, series) => {
    for (const sensor of sensors) weights[sensor]! += inputs[series]! / total / sensors.length;
  });
  return weights;
}

/** The sensors behind each series, by their place. */
function sensorsBySeries({ config, sensors, series, physics, process }: FeaturePlan): readonly number[][] {
  const found: number[][] = sensors.map((_, sensor) => [sensor]);
  for (const { expression } of config.features.derived) {
    const used = new Set<number>();
    compileExpression(expression, (name) => {
      const at = series.findIndex((one) => one.name === name);
      for (const sensor of found[at] ?? []) used.add(sensor);
      return 0;
    });
    found.push([...used]);
  }
  for (const { definition, series: made } of physics) {
    const needs = definition.needs(process!).map((name) => sensors.indexOf(name));
    // A contrast is of one thermocouple, whatever its row does.
    for (const { name } of made) {
      const own = sensors.findIndex((sensor) => name === `${sensor}_contrast`);
      found.push(own < 0 ? needs : [own]);
    }
  }
  return found;
}
