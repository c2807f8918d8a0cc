import { z } from 'zod';

/** Casting practice of a steel grade: temperatures in °C and K, speed in m/min. */
export const gradeSchema = z.strictObject({
  liquidus: z.number().describe('Liquidus temperature, °C'),
  nominal_speed: z.number().positive().describe('Usual casting speed, m/min'),
  critical_superheat: z.number().positive().describe('Superheat from which segregation threatens, K'),
});

/** Values of the grade being cast that formulas of derived sensors may name. */
export const GRADE_VALUES = ['liquidus', 'nominal_speed', 'critical_superheat'] as const;

/** Which sensor measures what; the defaults are the names of the reference configuration. */
const signalsSchema = z.strictObject({
  speed: z.string().default('casting_speed').describe('Casting speed, m/min'),
  stopper: z.string().default('stopper_position').describe('Stopper position, %'),
  superheat: z.string().default('superheat').describe('Superheat in the tundish, K'),
  water_flow: z.string().default('mold_water_flow').describe('Mold water, l/min'),
  water_delta_t: z.string().default('mold_water_delta_t').describe('Rise of the mold water temperature, K'),
  friction: z.string().default('mold_friction').describe('Mold friction, kN'),
  spray: z
    .tuple([z.string(), z.string()])
    .default(['spray_flow_1', 'spray_flow_2'])
    .describe('Spray water of the first two zones, l/min'),
});

/** What the physics features must know of the machine. */
export const processSchema = z.strictObject({
  grades: z.record(z.string(), gradeSchema).default({}).describe('Casting practice by steel grade'),
  signals: signalsSchema.prefault({}),
  thermocouples: z
    .strictObject({
      upper: z.array(z.string()).min(2).describe('Upper row, left to right'),
      lower: z.array(z.string()).min(2).describe('Lower row, left to right'),
      row_distance: z.number().positive().describe('Distance between the rows, mm'),
    })
    .refine((rows) => rows.upper.length === rows.lower.length, {
      message: 'both rows need the same number of columns',
    }),
  cooled_area: z.number().positive().default(1.1).describe('Mold face that the water cools, m2'),
});

export type GradeConfig = z.infer<typeof gradeSchema>;
export type ProcessConfig = z.infer<typeof processSchema>;
