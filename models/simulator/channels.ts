/** The 21 channels in file order, with the decimals their sensor is worth: well below its noise. */
export const decimalsByChannel = {
  casting_speed: 3,
  mold_level: 2,
  stopper_position: 2,
  tundish_weight: 2,
  tundish_temperature: 1,
  superheat: 1,
  mold_water_flow: 0,
  mold_water_delta_t: 3,
  tc_u1: 1,
  tc_u2: 1,
  tc_u3: 1,
  tc_u4: 1,
  tc_l1: 1,
  tc_l2: 1,
  tc_l3: 1,
  tc_l4: 1,
  mold_friction: 2,
  oscillation_frequency: 2,
  spray_flow_1: 1,
  spray_flow_2: 1,
  strand_surface_temp: 1,
} as const;

export type Channel = keyof typeof decimalsByChannel;
export type ByChannel = Readonly<Record<Channel, Float64Array>>;

export const channels = Object.keys(decimalsByChannel) as readonly Channel[];
export const upperThermocouples = ['tc_u1', 'tc_u2', 'tc_u3', 'tc_u4'] as const;
export const lowerThermocouples = ['tc_l1', 'tc_l2', 'tc_l3', 'tc_l4'] as const;
export const thermocouples = [...upperThermocouples, ...lowerThermocouples] as const;

/** Position of the thermocouple columns across the mold, as a share of its width. */
export const columnPositions = [-0.375, -0.125, 0.125, 0.375] as const;
