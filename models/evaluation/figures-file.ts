import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Evaluation } from './evaluation.js';
import { leadFigure } from './figures/lead-times.js';
import { recallFigure } from './figures/recall-curve.js';
import { reliabilityFigure } from './figures/reliability.js';

/** @returns the files that were written */
export function writeFigures(folder: string, evaluation: Evaluation): string[] {
  const figures = {
    'reliability.svg': reliabilityFigure(evaluation),
    'recall.svg': recallFigure(evaluation),
    'lead-times.svg': leadFigure(evaluation),
  };
  return Object.entries(figures).map(([file, svg]) => {
    writeFileSync(join(folder, file), svg);
    return join(folder, file);
  });
}
