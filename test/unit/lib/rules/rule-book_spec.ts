import assert from 'node:assert/strict';
import fc from 'fast-check';
import { rulesSchema } from '../../../../nodes/lib/config/rules.js';
import { RuleBook } from '../../../../nodes/lib/rules/rule-book.js';
import { scoreAt, type Points } from '../../../../nodes/lib/rules/rule-score.js';

const NAMES = ['mold_level.range.60s', 'spray_deficit_1.mean.60s', 'sticker_index.mean.5s'];

const level = {
  name: 'level-range',
  label: 'Mold level moves',
  mechanism: 'slag_entrainment',
  feature: NAMES[0],
  unit: 'mm',
  points: [
    [10, 0],
    [20, 0.5],
    [30, 1],
  ],
  text: 'mold level moved {value} {unit} within 60 s, {limit} is usual',
};
const spray = {
  name: 'spray-1-excess',
  mechanism: 'cooling_crack',
  feature: NAMES[1],
  points: [
    [-0.1, 0.2],
    [-0.2, 0.8],
  ],
  text: '{label}: {percent} % too much',
};

const bookOf = (list: readonly object[], more: object = {}): RuleBook =>
  new RuleBook(rulesSchema.parse({ list, ...more }), NAMES);

describe('scoreAt', () => {
  const rising: Points = [
    [10, 0.1],
    [20, 0.5],
    [40, 1],
  ];
  const falling: Points = [
    [-1, 0],
    [-3, 0.8],
  ];
  const rows: readonly [name: string, points: Points, value: number, expected: number][] = [
    ['is 0 before the first point', rising, 9.9, 0],
    ['is the score of the first point there', rising, 10, 0.1],
    ['lies on a straight line between two points', rising, 15, 0.3],
    ['is that of the last point behind it', rising, 1000, 1],
    ['rises as the value falls, where low is bad', falling, -2, 0.4],
    ['is 0 on the good side, where low is bad', falling, 5, 0],
    ['keeps the last score below all points, where low is bad', falling, -9, 0.8],
    ['is missing where the value is', rising, NaN, NaN],
  ];
  for (const [name, points, value, expected] of rows)
    it(name, () => {
      const got = scoreAt(points, value);
      assert.ok(Object.is(got, expected) || Math.abs(got - expected) < 1e-12, `${got}`);
    });

  it('never falls from a value to a worse one', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.double({ noNaN: true }), (one, other) => {
        const [low, high] = one < other ? [one, other] : [other, one];
        return (
          scoreAt(rising, low) <= scoreAt(rising, high) && scoreAt(falling, low) >= scoreAt(falling, high)
        );
      }),
    );
  });
});

describe('RuleBook', () => {
  it('gives the highest score, and the rules that fired, highest first', () => {
    const said = bookOf([level, spray]).judge([14, -0.15, NaN]);
    assert.equal(said.score, 0.5);
    assert.deepEqual(
      said.findings.map(({ rule, score }) => [rule, score]),
      [
        ['spray-1-excess', 0.5],
        ['level-range', 0.2],
      ],
    );
  });

  it('tells what it saw, in words', () => {
    const { findings } = bookOf([level]).judge([24.567, NaN, NaN]);
    assert.deepEqual(findings, [
      {
        rule: 'level-range',
        label: 'Mold level moves',
        mechanism: 'slag_entrainment',
        score: findings[0]!.score,
        value: 24.567,
        limit: 10,
        text: 'mold level moved 24.6 mm within 60 s, 10 is usual',
      },
    ]);
    const [excess] = bookOf([spray]).judge([NaN, -0.123, NaN]).findings;
    assert.equal(excess!.text, 'spray-1-excess: 12.3 % too much');
  });

  it('scores 0 when all is calm, in one shared object', () => {
    const book = bookOf([level, spray]);
    const said = book.judge([5, 0, NaN]);
    assert.deepEqual(said, { score: 0, findings: [] });
    assert.equal(book.judge([6, 0, NaN]), said, 'nothing is allocated while no rule fires');
  });

  const silent: readonly [name: string, book: RuleBook][] = [
    ['has no rules', bookOf([])],
    ['sees none of its features', bookOf([level])],
    ['is switched off', bookOf([spray], { enabled: false })],
    ['has its rules switched off', bookOf([{ ...spray, enabled: false }])],
  ];
  for (const [name, book] of silent)
    it(`gives no score when it ${name}`, () =>
      assert.deepEqual(book.judge([NaN, -0.3, NaN]), { score: null, findings: [] }));

  it('judges by what it sees when some features are missing', () => {
    assert.equal(bookOf([level, spray]).judge([25, NaN, NaN]).score, 0.75);
  });
});
