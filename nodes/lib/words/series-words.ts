/** What people call the series that features are made of: sensors, series derived from them, and caster features. */

/** What people call a sensor, and its unit. */
export interface SensorWords {
  readonly label: string;
  readonly unit: string;
}
export type Vocabulary = ReadonlyMap<string, SensorWords>;

interface Series {
  readonly name: string;
  readonly label?: string | undefined;
  readonly unit: string;
}

/** What people call the sensors, and those derived from them. */
export function vocabularyOf({
  sensors,
  features,
}: {
  readonly sensors: readonly Series[];
  readonly features: { readonly derived: readonly Omit<Series, 'label'>[] };
}): Vocabulary {
  return new Map([
    ...sensors.map(({ name, label, unit }) => [name, { label: label ?? spelledOut(name), unit }] as const),
    ...features.derived.map(({ name, unit }) => [name, { label: spelledOut(name), unit }] as const),
  ]);
}

/** How to say that a series stands at some level; `amount` is the size without its sign, with the unit. */
export interface LevelWords {
  readonly above: (amount: string) => string;
  readonly below: (amount: string) => string;
}

export interface SeriesWords extends SensorWords {
  /** What it is about: causes about the same thing are told as one. */
  readonly subject: string;
  /** From the feature's number to `unit`. */
  readonly scale: number;
  readonly level: LevelWords | null;
}

/** `sticker_index` -> `Sticker index` */
export function spelledOut(name: string): string {
  const text = name.replaceAll(/[._]+/g, ' ').trim();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A label that ends in a number of its own is kept apart from the one that follows. */
export const beforeNumber = (label: string): string => (/\d$/.test(label) ? `${label}:` : label);

/** The words for a series; one that nobody knows is spelled out. */
export function wordsFor(series: string, sensors: Vocabulary): SeriesWords {
  if (Object.hasOwn(KNOWN, series)) return KNOWN[series]!;
  const known = sensors.get(series);
  if (known !== undefined) return { ...known, subject: SUBJECTS[series] ?? series, scale: 1, level: null };
  return contrastOf(series, sensors) ?? plain(series, spelledOut(series), '');
}

/** `tc_u1_contrast`: a thermocouple against the others of its row. */
function contrastOf(series: string, sensors: Vocabulary): SeriesWords | null {
  const sensor = /^(.+)_contrast$/.exec(series)?.[1];
  const known = sensor === undefined ? undefined : sensors.get(sensor);
  if (sensor === undefined || known === undefined) return null;
  const { label, unit } = known;
  const level = {
    above: (amount: string) => `${beforeNumber(label)} ${amount} hotter than its row`,
    below: (amount: string) => `${beforeNumber(label)} ${amount} colder than its row`,
  };
  return { label: `${label} against its row`, unit, subject: sensor, scale: 1, level };
}

const plain = (subject: string, label: string, unit: string): SeriesWords => ({
  ...{ subject, label, unit, scale: 1, level: null },
});

/** Sensors that tell of the same thing as another series. */
const SUBJECTS: Readonly<Record<string, string>> = {
  casting_speed: 'speed',
  stopper_position: 'stopper',
  mold_friction: 'friction',
  oscillation_frequency: 'oscillation',
  spray_flow_1: 'spray zone 1',
  spray_flow_2: 'spray zone 2',
  superheat: 'superheat',
  tundish_temperature: 'superheat',
  mold_water_delta_t: 'heat removal',
};

function share(subject: string, label: string, above: string, below: string): SeriesWords {
  return { ...signed(subject, label, '%', above, below), scale: 100 };
}

/** In the texts, `#` is the amount. */
function signed(subject: string, label: string, unit: string, above: string, below: string): SeriesWords {
  const level = {
    above: (amount: string) => above.replace('#', () => amount),
    below: (amount: string) => below.replace('#', () => amount),
  };
  return { subject, label, unit, scale: 1, level };
}

const sprayDeficit = (zone: number): SeriesWords =>
  share(
    `spray zone ${zone}`,
    `Water deficit of spray zone ${zone}`,
    `Spray zone ${zone}: # short of water for the speed`,
    `Spray zone ${zone}: # over its water for the speed`,
  );

const leftRight = (row: string): SeriesWords =>
  signed(
    `left and right, ${row} row`,
    `Left against right, ${row} row`,
    '°C',
    `${spelledOut(row)} row # hotter on the left than on the right`,
    `${spelledOut(row)} row # hotter on the right than on the left`,
  );

const rowDeparture = (row: string): SeriesWords =>
  signed(
    `${row} row`,
    `Thermocouples of the ${row} row`,
    '°C',
    `Thermocouples of the ${row} row # above usual`,
    `Thermocouples of the ${row} row # below usual`,
  );

/** The caster features, and the derived series of the reference configuration; docs/features.md has their formulas. */
const KNOWN: Readonly<Record<string, SeriesWords>> = {
  spray_ratio_1: plain('spray zone 1', 'Spray water per meter of strand, zone 1,', 'l/m'),
  spray_ratio_2: plain('spray zone 2', 'Spray water per meter of strand, zone 2,', 'l/m'),
  spray_deficit_1: sprayDeficit(1),
  spray_deficit_2: sprayDeficit(2),
  friction_ratio: plain('friction', 'Mold friction, corrected for speed,', 'kN'),
  friction_excess: share(
    'friction',
    'Mold friction, corrected for speed,',
    'Mold friction # above usual for the speed',
    'Mold friction # below usual for the speed',
  ),
  stopper_ratio: plain('stopper', 'Stopper opening per casting speed', '% min/m'),
  stopper_drift: share(
    'stopper',
    'Stopper opening for the speed',
    'Stopper # further open than usual for the speed',
    'Stopper # further closed than usual for the speed',
  ),
  oscillation_error: signed(
    'oscillation',
    'Oscillation, corrected for speed,',
    'cpm',
    'Oscillation # faster than the speed asks for',
    'Oscillation # slower than the speed asks for',
  ),
  row_upper_departure: rowDeparture('upper'),
  row_lower_departure: rowDeparture('lower'),
  left_right_upper: leftRight('upper'),
  left_right_lower: leftRight('lower'),
  row_inversion: signed(
    'rows',
    'Lower against upper row of one column',
    '°C',
    'Lower row # hotter than the upper one in one column, against usual',
    'Lower row # colder than the upper one in every column, against usual',
  ),
  hottest_column: signed(
    'hot column',
    'Hottest thermocouple against its row',
    '°C',
    'Hottest thermocouple # above its row',
    'Hottest thermocouple # below its row',
  ),
  two_row_heat: signed(
    'hot column',
    'Heat in both rows of one column',
    '°C',
    'Both rows of one column # hotter than the others',
    'No column hotter than the others in both rows',
  ),
  sticker_index: signed(
    'hot column',
    'Sticker index',
    '°C',
    'Sticker index #, heat running down one column',
    'No heat running down a column',
  ),
  propagation_lag: signed(
    'hot column',
    'Delay from upper to lower row',
    's',
    'Heat reached the lower row # after the upper one',
    'Heat reached the lower row # before the upper one',
  ),
  propagation_ratio: share(
    'hot column',
    'Speed of heat running down, against the casting speed',
    'Heat running down at # of the casting speed',
    'Heat running up at # of the casting speed',
  ),
  coldest_column: signed(
    'cold column',
    'Coldest thermocouple against its row',
    '°C',
    'Coldest thermocouple # above its row',
    'Coldest thermocouple # below its row',
  ),
  crack_index: signed(
    'cold column',
    'Cold in both rows of one column',
    '°C',
    'Both rows of one column # colder than the others',
    'No column colder than the others in both rows',
  ),
  heat_flux: plain('heat removal', 'Mold heat flux', 'MW/m²'),
  superheat_margin: signed(
    'superheat',
    'Superheat margin',
    'K',
    'Superheat # above the critical value of the grade',
    'Superheat # below the critical value of the grade',
  ),
  speed_margin: signed(
    'speed',
    'Speed margin',
    'm/min',
    'Casting speed # above the nominal speed of the grade',
    'Casting speed # below the nominal speed of the grade',
  ),
  segregation_index: signed(
    'segregation',
    'Segregation index',
    '',
    'Segregation index #, superheat and speed together beyond the practice of the grade',
    'Superheat and speed together within the practice of the grade',
  ),
  steady_time: signed(
    'speed',
    'Time since the last speed change',
    's',
    'Casting speed steady for #',
    'Casting speed steady for #',
  ),
  sensors_missing: signed(
    'sensors',
    'Sensors without a reading',
    '',
    '# sensors without a reading',
    '# sensors without a reading',
  ),
  sensors_outside: share(
    'sensors',
    'Sensors outside their normal band',
    '# of the sensors outside their normal band',
    '# of the sensors outside their normal band',
  ),
};
