import assert from 'node:assert/strict';
import { assignStrands, castChoices } from '../../../nodes/cast-replay/cast-choice.js';

const told = (choices: ReturnType<typeof castChoices>): string[] =>
  choices.map(({ strand, cast }) => `${strand ?? '?'}=${cast}`);

describe('castChoices', () => {
  const rows: readonly [chosen: unknown, expected: string[]][] = [
    [undefined, []],
    ['', []],
    ['a', ['?=a']],
    [' a , b ', ['?=a', '?=b']],
    ['s1=a, s2 = b', ['s1=a', 's2=b']],
    [
      ['a', 's2=b'],
      ['?=a', 's2=b'],
    ],
    [{ s1: 'a', s2: 'b' }, ['s1=a', 's2=b']],
    ['data/run.csv', ['?=data/run.csv']],
  ];
  for (const [chosen, expected] of rows)
    it(`takes ${JSON.stringify(chosen)}`, () => assert.deepEqual(told(castChoices(chosen)), expected));

  for (const wrong of [7, { s1: 3 }, 's1=', '=a', true, [7]])
    it(`refuses ${JSON.stringify(wrong)}`, () =>
      assert.throws(() => castChoices(wrong), { code: 'FIELD_INVALID' }));

  it('refuses two casts on one strand', () => {
    assert.throws(() => castChoices('s1=a, s1=b'), /one cast per strand, got two for "s1"/);
  });
});

describe('assignStrands', () => {
  const INDEX = [
    { id: 'a', strand: '1' },
    { id: 'b', strand: '1' },
    { id: 'c', strand: '2' },
  ];
  const rows: readonly [name: string, chosen: string, strands: number | undefined, expected: string[]][] = [
    ['takes the first of the index when none is chosen', '', undefined, ['1=a']],
    ['takes the strand a cast was recorded on', 'c', undefined, ['2=c']],
    ['gives the next free strand when that is taken', 'a, b', undefined, ['1=a', '2=b']],
    ['does what the user said', 'west=a, east=b', undefined, ['west=a', 'east=b']],
    ['fills further strands with further casts', 'b', 3, ['1=b', '2=a', '3=c']],
    ['begins again when the casts run out', 'a', 5, ['1=a', '2=b', '3=c', '4=a', '5=b']],
    ['plays no fewer than were chosen', 'a, b, c', 1, ['1=a', '2=b', '3=c']],
  ];
  for (const [name, chosen, strands, expected] of rows)
    it(name, () => {
      const choices = castChoices(chosen).map(({ strand, cast }) => ({
        strand,
        cast: INDEX.find(({ id }) => id === cast)!,
      }));
      assert.deepEqual(
        assignStrands(choices, INDEX, strands).map(({ strand, cast }) => `${strand}=${cast.id}`),
        expected,
      );
    });

  it('names strands by number when nobody named them', () => {
    const casts = [{ id: 'a' }, { id: 'b' }];
    assert.deepEqual(
      assignStrands([], casts, 2).map(({ strand }) => strand),
      ['strand-1', 'strand-2'],
    );
  });
});
