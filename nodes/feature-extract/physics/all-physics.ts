import { crackIndex } from './crack-index.js';
import { gradeMargins } from './grade-margins.js';
import { heatFlux } from './heat-flux.js';
import type { PhysicsDefinition } from './physics.js';
import { slowDepartures } from './slow-departure.js';
import { steadiness } from './steadiness.js';
import { stickerIndex } from './sticker-index.js';
import { thermocoupleRows } from './thermocouple-rows.js';

/** Every caster feature, in the order of the feature vector. */
export const ALL_PHYSICS: readonly PhysicsDefinition[] = [
  thermocoupleRows,
  stickerIndex,
  crackIndex,
  heatFlux,
  ...slowDepartures,
  gradeMargins,
  steadiness,
];
