import type { PhysicsDefinition } from './physics.js';

/** How near the cast is to what its grade can bear; NaN for a grade that the practice table doesn't know. */
export const gradeMargins: PhysicsDefinition = {
  needs: ({ signals }) => [signals.superheat, signals.speed],

  series: ({ signals }) => [
    {
      name: 'superheat_margin',
      unit: 'K',
      formula: `${signals.superheat} - critical superheat of the grade`,
      source: 'practice table, caster specification 2',
      statistics: { mean: [10, 60, 300] },
    },
    {
      name: 'speed_margin',
      unit: 'm/min',
      formula: `${signals.speed} - nominal speed of the grade`,
      source: 'practice table, caster specification 2',
      statistics: { mean: [10, 60, 300] },
    },
    {
      name: 'segregation_index',
      unit: '1',
      formula: 'superheat margin / 4.5 + speed margin / 0.14',
      source:
        'caster specification 4: segregation index without its hidden part; 120 s mean as in caster specification 9',
      statistics: { mean: [10, 120, 300], max: [120] },
    },
  ],

  create({ signals }, { indexOf }) {
    const superheat = indexOf(signals.superheat);
    const speed = indexOf(signals.speed);
    return {
      update({ values, grade }, out, at) {
        const hot = grade === null ? NaN : values[superheat]! - grade.critical_superheat;
        const fast = grade === null ? NaN : values[speed]! - grade.nominal_speed;
        out[at] = hot;
        out[at + 1] = fast;
        out[at + 2] = hot / 4.5 + fast / 0.14;
      },
    };
  },
};
