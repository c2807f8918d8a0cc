import assert from 'node:assert/strict';
import { calibrationAdvice, calibrationText } from '../../../../models/evaluation/calibration-advice.js';
import { onLine } from '../../../../models/evaluation/calibration-line.js';
import { fixedConfig } from '../../../../models/evaluation/fixed-config.js';
import type { PlayedCast } from '../../../../models/evaluation/play-cast.js';
import { drawnCasts } from './drawn-casts.js';

const alerts = { thresholds: { warning: 0.9, critical: 0.97 }, deadband: 0.1 };
const config = fixedConfig({
  sensors: [{ name: 'mold_level', unit: 'mm', range: [0, 200] }],
  models: { ensemble: { calibration: { slope: 1.2, intercept: 0.3 } } },
  alerts,
});

const { truths, scores } = drawnCasts(30, 'calibration');
const unsaid = (seconds: ArrayLike<number>) => new Float64Array(seconds.length).fill(NaN);

/** Casts of which the ensemble alone said something. */
const played = scores.map(({ seconds, scores: said }): PlayedCast => {
  const silent = unsaid(seconds);
  return {
    seconds: Float64Array.from(seconds),
    scores: { rules: silent, baseline: silent, sequence: silent, ensemble: Float64Array.from(said) },
    ...{ alarms: [], problems: [] },
  };
});

describe('advice on the calibration', () => {
  const { fits, settings } = calibrationAdvice(truths, played, config, 50);

  it('is given for sources that said something, and judges casts by lines fitted on others', () => {
    assert.deepEqual(
      fits.map(({ source }) => source),
      ['ensemble'],
    );
    const [{ said, fitted, interval }] = fits as [(typeof fits)[0]];
    assert.ok(fitted < said, `${fitted} after ${said}`);
    assert.ok(interval!.every((end) => end < 0));
  });

  it('leaves out the time that is ignored', () => {
    const counted = truths.flatMap(({ ignored }, cast) =>
      Array.from(scores[cast]!.seconds).filter((second) => ignored[second] === 0),
    );
    assert.equal(fits[0]!.instants, counted.length);
  });

  it('moves the thresholds with the line, and the deadband so that a warning returns where it did', () => {
    const { calibration, thresholds, deadband } = settings!;
    const { line } = fits[0]!;
    assert.ok(Math.abs(calibration.slope - 1.2 * line.slope) < 1e-12);
    assert.ok(Math.abs(calibration.intercept - (0.3 * line.slope + line.intercept)) < 1e-12);
    assert.deepEqual(thresholds, { warning: onLine(line, 0.9), critical: onLine(line, 0.97) });
    assert.ok(Math.abs(thresholds.warning - deadband - onLine(line, 0.8)) < 1e-12);
  });

  it('tells what to write into the configuration', () => {
    const text = calibrationText({ fits, settings });
    assert.match(text, /^ensemble: 0\.\d{4} as said, 0\.\d{4} on the line/m);
    assert.match(text, /calibration: \{ slope: \d\.\d{3}, intercept: -?\d\.\d{3} \}/);
  });
});
