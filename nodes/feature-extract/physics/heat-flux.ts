import type { PhysicsDefinition } from './physics.js';

/** Specific heat of water, J/(kg K). */
const WATER_HEAT = 4186;

/** Heat that the mold water carries away. */
export const heatFlux: PhysicsDefinition = {
  needs: ({ signals }) => [signals.water_flow, signals.water_delta_t],

  series: ({ signals }) => [
    {
      name: 'heat_flux',
      unit: 'MW/m2',
      formula: `${signals.water_flow} / 60 x 4186 x ${signals.water_delta_t} / cooled area / 10^6`,
      source: 'heat balance of the mold water, caster specification 3',
      statistics: { mean: [10, 60], deviation: [10, 60], std: [60], slope: [60, 300] },
    },
  ],

  create({ signals, cooled_area: area }, { indexOf }) {
    const flow = indexOf(signals.water_flow);
    const rise = indexOf(signals.water_delta_t);
    return {
      update({ values }, out, at) {
        out[at] = ((values[flow]! / 60) * WATER_HEAT * values[rise]!) / area / 1e6;
      },
    };
  },
};
