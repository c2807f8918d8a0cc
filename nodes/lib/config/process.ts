import { z } from 'zod';

/** Casting practice of a steel grade: temperatures in °C and K, speed in m/min. */
export const gradeSchema = z.strictObject({
  liquidus: z.number().describe('°C'),
  nominal_speed: z.number().positive().describe('m/min'),
  critical_superheat: z.number().positive().describe('K'),
});

/** What the physics features must know of the machine. */
export const processSchema = z.strictObject({
  grades: z.record(z.string(), gradeSchema).default({}),
  thermocouples: z
    .strictObject({
      upper: z.array(z.string()).min(2).describe('Upper row, left to right'),
      lower: z.array(z.string()).min(2).describe('Lower row, left to right'),
      row_distance: z.number().positive().describe('Distance between the rows, mm'),
    })
    .refine((rows) => rows.upper.length === rows.lower.length, {
      message: 'both rows need the same number of columns',
    }),
});

export type GradeConfig = z.infer<typeof gradeSchema>;
export type ProcessConfig = z.infer<typeof processSchema>;
