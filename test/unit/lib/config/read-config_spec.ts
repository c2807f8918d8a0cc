import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { ConfigError } from '../../../../nodes/lib/errors.js';
import { problemsIn, readConfig } from '../../../../nodes/lib/config/read-config.js';
import { shipped } from '../../../../nodes/lib/package-paths.js';

/** Two lines; what a row adds starts at line 3. */
const SENSORS = 'sensors:\n  - { name: mold_level, unit: mm, range: [0, 200] }\n';
const PHYSICS = [
  'features: { physics: true }',
  'process:',
  '  signals: { speed: mold_level, stopper: mold_level, superheat: mold_level, water_flow: mold_level,',
  '    water_delta_t: mold_level, friction: mold_level, spray: [mold_level, spray_2] }',
  '  thermocouples:',
  '    row_distance: 180',
  '    upper: [mold_level, tc9]',
  '    lower: [mold_level, mold_level]',
].join('\n');

/** A rule whose feature and points stand in line 5. */
const RULE = (feature: string, points = '[[1, 0], [2, 1]]'): string =>
  `rules:\n  list:\n    - { name: one, mechanism: crack, feature: ${feature}, points: ${points} }`;

/** Nine uses of nine uses of nine uses of nine: 6,561 items from six lines. */
const ALIAS_BOMB = [
  'a: &a [x, x, x, x, x, x, x, x, x]',
  'b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]',
  'c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]',
  'd: [*c, *c, *c, *c, *c, *c, *c, *c, *c]',
].join('\n');

function messageFor(text: string): string {
  try {
    readConfig(text, 'plant.yaml');
  } catch (err) {
    assert.ok(err instanceof ConfigError);
    assert.equal(err.code, 'CONFIG_INVALID');
    return err.message;
  }
  return 'accepted';
}

describe('readConfig', () => {
  it('accepts the shipped configuration', () => {
    assert.equal(messageFor(readFileSync(shipped.config(), 'utf8')), 'accepted');
  });

  it('fills in what the file leaves out', () => {
    const { config, raw } = readConfig(SENSORS, 'plant.yaml');
    assert.equal(config.alerts.thresholds.critical, 0.8);
    assert.deepEqual(Object.keys(raw as object), ['sensors']);
  });

  const rows: readonly [name: string, text: string, expected: string][] = [
    [
      'a rule on a feature that is misspelled',
      `${SENSORS}${RULE('mold_level.men.60s')}`,
      'plant.yaml:5 rules.list[0].feature: no feature is called "mold_level.men.60s". Did you mean "mold_level.mean.60s"?',
    ],
    [
      'a rule on a feature that nobody computes',
      `${SENSORS}${RULE('sticker_index.mean.5s')}`,
      'plant.yaml:5 rules.list[0].feature: no feature is called "sticker_index.mean.5s". docs/features.md lists what there is.',
    ],
    [
      'the points of a rule that turn back',
      `${SENSORS}${RULE('mold_level.mean.60s', '[[1, 0], [3, 0.5], [2, 1]]')}`,
      'plant.yaml:5 rules.list[0].points[2]: values must all rise, or all fall, got [2,1].',
    ],
    [
      'scores of a rule that fall',
      `${SENSORS}${RULE('mold_level.mean.60s', '[[1, 0.5], [3, 0.2]]')}`,
      'plant.yaml:5 rules.list[0].points[1]: scores must not fall from one pair to the next, got [3,0.2].',
    ],
    [
      'a process state told from a sensor that is not there',
      `${SENSORS}states: { sensors: { level: mold_levl } }`,
      'plant.yaml:3 states.sensors.level: no sensor is called "mold_levl". Did you mean "mold_level"?',
    ],
    [
      'a sensor that every JavaScript object seems to have',
      'sensors:\n  - { name: constructor, unit: mm, range: [0, 200] }',
      'plant.yaml:2 sensors[0].name: expected lower-case letters, digits and _, starting with a letter; not "constructor", which JavaScript uses, got "constructor".',
    ],
    [
      'a key that would change the prototype',
      `${SENSORS}__proto__: { alerts: {} }`,
      'plant.yaml:3 __proto__: unknown key. Known keys: version, streaming, sensors, process, features, models, states, rules, alerts, health, dashboard, logging.',
    ],
    [
      'a percentage where a share is wanted',
      `${SENSORS}alerts:\n  deadband: "5%"`,
      'plant.yaml:4 alerts.deadband: expected 0..1, got "5%". Write 0.05.',
    ],
    [
      'a decimal comma',
      `${SENSORS}alerts: { deadband: "0,07" }`,
      'plant.yaml:3 alerts.deadband: expected 0..1, got "0,07". Write 0.07.',
    ],
    [
      'a number with its unit',
      `${SENSORS}features:\n  windows: [10, 60 s]`,
      'plant.yaml:4 features.windows[1]: expected a whole number above 0 and up to 86400, got "60 s". Write 60.',
    ],
    [
      'a number out of its range',
      `${SENSORS}alerts: { deadband: 5 }`,
      'plant.yaml:3 alerts.deadband: expected 0..1, got 5.',
    ],
    [
      'not a number',
      `${SENSORS}alerts: { deadband: .nan }`,
      'plant.yaml:3 alerts.deadband: expected 0..1, got NaN.',
    ],
    [
      'yes instead of true',
      `${SENSORS}models:\n  baseline:\n    enabled: yes`,
      'plant.yaml:5 models.baseline.enabled: expected true or false, got "yes". Write true.',
    ],
    [
      'a word that is nearly right',
      `${SENSORS}models:\n  ensemble: { method: wieghted }`,
      'plant.yaml:4 models.ensemble.method: expected one of weighted, voting, max, got "wieghted". Did you mean "weighted"?',
    ],
    [
      'a key that is nearly right',
      `${SENSORS}alerts:\n  deadbnd: 0.1`,
      'plant.yaml:4 alerts.deadbnd: unknown key. Did you mean "deadband"?',
    ],
    [
      'a key like no other',
      `${SENSORS}alerts:\n  escalation: { zzz: 1 }`,
      'plant.yaml:4 alerts.escalation.zzz: unknown key. Known keys: warning_to_critical, critical_to_supervisor.',
    ],
    [
      'a statistic that is not known',
      `${SENSORS}features:\n  statistics: { men: [10] }`,
      'plant.yaml:4 features.statistics.men: unknown key. Did you mean "mean"?',
    ],
    [
      'a key that would reach into JavaScript',
      `${SENSORS}alerts:\n  __proto__: { deadband: 1 }`,
      'plant.yaml:4 alerts.__proto__: unknown key. Known keys: ',
    ],
    [
      'one value where there may be several kinds',
      `${SENSORS}streaming: { realtime_factor: 0.01 }`,
      'plant.yaml:3 streaming.realtime_factor: expected 0.1..1000 or "unpaced", got 0.01.',
    ],
    [
      'a check of an unknown kind',
      `${SENSORS}streaming:\n  checkpoints:\n    - { name: a, check: presnt }`,
      'plant.yaml:5 streaming.checkpoints[0].check: expected one of present, fraction-good, plausible, got "presnt". Did you mean "present"?',
    ],
    [
      'a section without content',
      `${SENSORS}alerts:\n`,
      'plant.yaml:3 alerts: expected a mapping of keys, got null. Write a value after the colon, or remove the key.',
    ],
    [
      'a range upside down',
      'sensors:\n  - name: mold_level\n    unit: mm\n    range: [200, 0]',
      'plant.yaml:4 sensors[0].range: lowest must be below highest, got [200,0].',
    ],
    [
      'a warning above critical',
      `${SENSORS}alerts:\n  thresholds:\n    warning: 0.9`,
      'plant.yaml:5 alerts.thresholds.warning: warning must not exceed critical, got 0.9.',
    ],
    [
      'a file of a newer version',
      `version: 2\n${SENSORS}`,
      'plant.yaml:1 version: expected 1, got 2: a newer StrandWatch wrote it. Update @strandwatch/node-red-strandwatch.',
    ],
    [
      'no sensors at all',
      'version: 1',
      'plant.yaml:1 sensors: missing; expected a list of 1..512 items, each a mapping of keys.',
    ],
    [
      'a sensor named twice',
      `${SENSORS}  - { name: mold_level, unit: mm, range: [0, 200] }`,
      'plant.yaml:3 sensors[1].name: "mold_level" is already the name of a sensor.',
    ],
    [
      'a derived sensor named as a measured one',
      `${SENSORS}features:\n  derived:\n    - { name: mold_level, expression: "1" }`,
      'plant.yaml:5 features.derived[0].name: "mold_level" is already the name of a sensor.',
    ],
    [
      'a formula that names what is not measured',
      `${SENSORS}features:\n  derived:\n    - { name: twice, expression: "2 * speeed" }`,
      'plant.yaml:5 features.derived[0].expression: unknown name "speeed" in "2 * speeed". Known are sensors, derived sensors listed before, and the values of a grade.',
    ],
    [
      'statistics of a sensor that does not exist',
      `${SENSORS}features:\n  sensors:\n    mold_levl: { windows: [30] }`,
      'plant.yaml:5 features.sensors.mold_levl: no sensor is called "mold_levl". Did you mean "mold_level"?',
    ],
    [
      'a signal of the process that is not measured',
      SENSORS + PHYSICS,
      'plant.yaml:6 process.signals.spray[1]: no sensor is called "spray_2". List it under sensors, or remove it here.',
    ],
    [
      'a thermocouple that does not exist',
      SENSORS + PHYSICS.replace('spray_2', 'mold_level'),
      'plant.yaml:9 process.thermocouples.upper[1]: no sensor is called "tc9". List it under sensors, or remove it here.',
    ],
    [
      'physics without a process',
      `${SENSORS}features:\n  physics: true`,
      'plant.yaml:4 features.physics: expected false while there is no process section. Add one, or write false.',
    ],
    [
      'a key given twice',
      `${SENSORS}sensors: []`,
      'plant.yaml:3: the key "sensors" is given twice. Remove one.',
    ],
    ['a list instead of a mapping', '- a', 'plant.yaml:1: expected a mapping of keys, got ["a"].'],
    ['an empty text', '', 'plant.yaml:1: expected a configuration, got nothing: the text is empty.'],
    [
      'broken YAML',
      `${SENSORS}alerts: {`,
      'plant.yaml:3: not valid YAML: Flow map in block collection must be sufficiently indented and end with a }.',
    ],
    [
      'a tab',
      'streaming:\n\tlateness: 1',
      'plant.yaml:2: not valid YAML: Tabs are not allowed as indentation.',
    ],
    [
      'a tag that would run code',
      `${SENSORS}alerts: !!js/function "x"`,
      'plant.yaml:3: not valid YAML: Unresolved tag: tag:yaml.org,2002:js/function.',
    ],
    ['an anchor that was never set', 'sensors: *all', 'plant.yaml:1: not usable YAML: Unresolved alias'],
    ['an alias bomb', ALIAS_BOMB, 'plant.yaml:1: not usable YAML: Excessive alias count'],
    [
      'a text nested 20,000 deep',
      `a: ${'['.repeat(20_000)}`,
      'plant.yaml:1: not valid YAML: nested too deeply.',
    ],
    [
      'a text far too long',
      `# ${'x'.repeat(200_001)}`,
      'plant.yaml: expected at most 200000 characters, got 200003. Is it a configuration file?',
    ],
    ['a binary file', '\u0000\u0001PK', 'plant.yaml:1: expected a mapping of keys, got "\\u0000\\u0001PK".'],
  ];
  for (const [name, text, expected] of rows) {
    it(`says where and what to do for ${name}`, () => {
      const [first] = messageFor(text).split('\n');
      assert.equal(first!.slice(0, expected.length), expected);
    });
  }

  it('has a ConfigError for any text at all', () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json().map((text) => SENSORS + text),
    );
    fc.assert(
      fc.property(anyText, (text) => messageFor(text) !== ''),
      { numRuns: 300 },
    );
  });

  it('lists every problem in the order of the lines', () => {
    assert.deepEqual(messageFor(`${SENSORS}alerts:\n  deadband: 2\n  on_delay: -1\nbogus: 1`).split('\n'), [
      'plant.yaml:4 alerts.deadband: expected 0..1, got 2.',
      'plant.yaml:5 alerts.on_delay: expected a number of at least 0, got -1.',
      `plant.yaml:6 bogus: unknown key. Known keys: ${'version, streaming, sensors, process, features, models, states, rules, alerts, health, dashboard, logging'}.`,
    ]);
  });

  it('stops listing after ten problems', () => {
    const unknown = Array.from({ length: 12 }, (_, i) => `bogus_${i}: 1`).join('\n');
    const lines = messageFor(SENSORS + unknown).split('\n');
    assert.equal(lines.length, 11);
    assert.equal(lines[10], 'plant.yaml: and 2 more.');
  });
});

describe('problemsIn', () => {
  it('finds nothing to complain of in a valid text', () => assert.deepEqual(problemsIn(SENSORS), []));

  it('gives line and path apart, for an editor to mark', () => {
    assert.deepEqual(problemsIn(`${SENSORS}alerts: { deadband: 2 }`), [
      { line: 3, path: 'alerts.deadband', message: 'expected 0..1, got 2.' },
    ]);
  });
});
