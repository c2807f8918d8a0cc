import { z } from 'zod';
import { PROCESS_STATES } from '../process-state.js';

const seconds = z.number().nonnegative();
const sensor = z.string().min(1).optional();

/** Which sensor tells what; the usual names are taken where the configuration has such a sensor. */
const stateSensorsSchema = z.strictObject({
  speed: sensor.describe('Casting speed, m/min; default: casting_speed where there is one'),
  tundish_weight: sensor.describe('Tundish weight, t; default: tundish_weight where there is one'),
  level: sensor.describe('Mold level, mm; default: mold_level where there is one'),
  width: sensor.describe(
    'Mold width, mm; default: none, so that width changes are taken from msg.cast.phase',
  ),
});

/** By what the process states are recognised. Not part of the features: changing it asks for no training. */
export const statesSchema = z.strictObject({
  recognise: z
    .array(z.enum(PROCESS_STATES))
    .default([...PROCESS_STATES])
    .describe('States that are looked for; one whose sensor is missing is never recognised'),
  sensors: stateSensorsSchema.prefault({}),
  start_up: z
    .strictObject({
      below: z
        .number()
        .positive()
        .default(0.6)
        .describe('A cast whose first speed is below is starting, m/min'),
      settle: seconds.default(120).describe('... until the speed has been steady for so long, s'),
    })
    .prefault({}),
  tail_out: z
    .strictObject({
      weight: z
        .number()
        .nonnegative()
        .default(12)
        .describe('Tundish weight from which down the cast ends, t'),
    })
    .prefault({}),
  ladle_change: z
    .strictObject({
      fall: z
        .number()
        .positive()
        .default(0.8)
        .describe('Tundish weight lost per metre of strand, over 30 s, that shows a closed ladle, t/m'),
      least: z
        .number()
        .nonnegative()
        .default(0.6)
        .describe(
          '... and at least so much, whatever the speed: more than the noise of the weight looks like, t/min',
        ),
      hold: seconds.default(0).describe('The state stays for so long after the ladle has opened, s'),
    })
    .prefault({}),
  speed_change: z
    .strictObject({
      by: z
        .number()
        .positive()
        .default(0.025)
        .describe("Departure of the speed (3 s) from its last minute's mean, m/min"),
    })
    .prefault({}),
  width_change: z
    .strictObject({
      by: z.number().positive().default(2).describe("Departure of the width from its last minute's mean, mm"),
    })
    .prefault({}),
  level_upset: z
    .strictObject({
      factor: z
        .number()
        .min(1)
        .default(2.2)
        .describe('Deviation of the level over 60 s against its usual value that is an upset'),
      least: z.number().nonnegative().default(2).describe('... and at least so much, mm'),
    })
    .prefault({}),
  recovery: z
    .strictObject({
      below: z.number().min(0).max(1).default(0.7).describe('Share of the usual speed that is a slow-down'),
      hold: seconds.default(120).describe('The state stays for so long after the speed is back, s'),
    })
    .prefault({}),
  sensor_fault: z
    .strictObject({
      after: seconds.default(3).describe('A sensor is at fault when it was bad or missing for so long, s'),
    })
    .prefault({}),
});

export type StatesConfig = z.infer<typeof statesSchema>;
