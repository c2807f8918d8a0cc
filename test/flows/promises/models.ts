import type { Shown } from '../../support/debug-sidebar.js';
import {
  duringSticker,
  get,
  length,
  matches,
  num,
  only,
  some,
  sumsToOne,
  type ExamplePromise,
} from './promise.js';

export const models: Readonly<Record<string, readonly ExamplePromise[]>> = {
  '03-extract-features': [
    {
      says: 'every 5 s of cast time a feature vector and a sequence leave',
      at: 'sw03-vector',
      kept: only((_, castS) => castS % 5 === 0),
    },
    {
      says: 'feature vector by name',
      at: 'sw03-vector',
      kept: some((features) => num(features, 'mold_level.std.60s') > 0),
    },
    {
      says: 'A feature is null until there is enough of the past',
      at: 'sw03-vector',
      kept: some((features) => get(features, 'mold_level.std.60s') === null),
    },
    {
      says: 'the sequence tensor of the last minutes with its mask',
      at: 'sw03-tensor',
      kept: some(
        (sequence) =>
          num(sequence, 'values', 'numbers') > 1000 &&
          num(sequence, 'mask', 'numbers') === num(sequence, 'values', 'numbers'),
      ),
    },
  ],
  '04-run-the-baseline-model': [
    {
      says: 'within that minute the probability goes above 90 %',
      at: 'sw04-prediction',
      kept: some((prediction, castS) => duringSticker(castS) && num(prediction, 'probability') > 0.9),
    },
    {
      says: 'watch the probability rise',
      at: 'sw04-prediction',
      kept: (seen) => seen.every(({ value, castS = NaN }) => castS > 1080 || num(value, 'probability') < 0.5),
    },
    {
      says: 'the largest contributions of the features',
      at: 'sw04-prediction',
      kept: some(
        (prediction) =>
          length(get(prediction, 'contributions')) > 0 &&
          num(prediction, 'contributions', 0, 'contribution') !== 0,
      ),
    },
    {
      says: 'disable silences the model',
      click: 'sw04-off',
      at: 'sw04-answers',
      kept: some((answer) => get(answer, 'enabled') === false),
    },
    {
      says: 'enable lets it speak again',
      click: 'sw04-on',
      at: 'sw04-prediction',
      kept: some((prediction) => num(prediction, 'probability') >= 0),
    },
  ],
  '05-run-the-sequence-model': [
    {
      says: 'its probability goes above 90 %',
      at: 'sw05-prediction',
      kept: some((prediction, castS) => duringSticker(castS) && num(prediction, 'probability') > 0.9),
    },
    {
      says: 'attention tells how much each part of those minutes weighed',
      at: 'sw05-prediction',
      kept: some((prediction) => sumsToOne(get(prediction, 'attention', 'weights'))),
    },
    {
      says: 'get-history answers with the last twelve predictions',
      click: 'sw05-history',
      at: 'sw05-answers',
      kept: some((history) => length(get(history, '1')) === 12),
    },
  ],
  '06-combine-models': [
    {
      says: 'joins the two predictions of an instant into one risk',
      at: 'sw06-risk',
      kept: some(
        (risk) => num(risk, 'baseline', 'probability') >= 0 && num(risk, 'sequence', 'probability') >= 0,
      ),
    },
    {
      says: 'trust the sequence weighs it with 0.8',
      click: 'sw06-weights',
      at: 'sw06-risk',
      kept: some((risk) => num(risk, 'weights', 'sequence') === 0.8),
    },
    {
      says: 'take the higher changes the method',
      click: 'sw06-method',
      at: 'sw06-risk',
      kept: some(
        (risk) =>
          get(risk, 'method') === 'max' &&
          num(risk, 'probability') ===
            Math.max(num(risk, 'baseline', 'probability'), num(risk, 'sequence', 'probability')),
      ),
    },
    {
      says: 'the sequence carries on alone, and degraded stays false',
      click: 'sw06-off',
      at: 'sw06-risk',
      kept: some(
        (risk) =>
          get(risk, 'baseline') === null &&
          num(risk, 'sequence', 'probability') >= 0 &&
          get(risk, 'degraded') === false,
      ),
    },
    {
      says: 'The ensemble joins the two predictions',
      click: 'sw06-on',
      at: 'sw06-risk',
      kept: some((risk) => num(risk, 'baseline', 'probability') >= 0),
    },
  ],
  '12-add-a-feature': [
    {
      says: 'watch water_per_meter fall some 7 s later',
      at: 'sw12-vector',
      kept: (seen) => {
        const before = seen.filter(({ castS = NaN }) => castS > 700 && castS <= 1020).map(waterPerMeter);
        const after = seen.filter(({ castS = NaN }) => castS > 1080 && castS < 1200).map(waterPerMeter);
        return after.length > 0 && Math.min(...after) < 0.9 * Math.min(...before);
      },
    },
    {
      says: 'describe answers with name, unit, formula and source of every feature',
      click: 'sw12-describe',
      at: 'sw12-answer',
      kept: some((answer) =>
        ['name', 'unit', 'formula', 'source'].every((key) => get(answer, 'features', 0, key) !== undefined),
      ),
    },
  ],
  '13-see-where-a-model-looked': [
    {
      says: 'the sidebar says which seconds weighed most',
      at: 'sw13-words',
      kept: some(
        (words, castS) =>
          duringSticker(castS) &&
          matches(/^\d+ s: risk \d+ %, \d+ % of the attention lies \d+ to \d+ s back$/)(words, castS),
      ),
    },
  ],
  '14-find-where-models-disagree': [
    {
      says: 'only instants at which the two models differ reach the sidebar',
      at: 'sw14-shown',
      kept: only(
        (both) =>
          Math.abs(num(both, 'baseline') - num(both, 'sequence')) > 0.3 &&
          num(both, 'second') > 0 &&
          num(both, 'risk') >= 0,
      ),
    },
  ],
  '20-run-your-own-model': [
    {
      says: 'draws air at 450 s',
      at: 'sw20-alarm',
      kept: some((sentence, castS) => castS >= 450 && castS < 480 && matches(/flow/i)(sentence, castS)),
    },
    {
      says: 'a model of its normal operation',
      at: 'sw20-prediction',
      kept: some((prediction, castS) => castS < 450 && num(prediction, 'probability') < 0.5),
    },
  ],
};

const waterPerMeter = ({ value }: Shown): number => num(value, 'water_per_meter.mean.60s');
