import assert from 'node:assert/strict';
import { compileExpression } from '../../../nodes/lib/expression.js';

const NAMES = ['speed', 'flow'];
const compute = (source: string, speed = 2, flow = 6): number =>
  compileExpression(source, (name) => NAMES.indexOf(name))(Float64Array.of(speed, flow));

describe('a formula of a derived sensor', () => {
  const results: readonly [source: string, expected: number][] = [
    ['flow / speed', 3],
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['2 ** 3 ** 2', 512],
    ['-speed + +flow', 4],
    ['flow / max(speed, 0.2) ** 2', 1.5],
    ['min(speed, flow) + abs(-1)', 3],
    ['sqrt(speed + speed)', 2],
    ['pow(speed, 3)', 8],
    ['log(exp(1))', 1],
    ['1.5e2', 150],
  ];
  for (const [source, expected] of results)
    it(`${source} is ${expected}`, () => assert.equal(compute(source), expected));

  it('is missing where something in it is missing', () =>
    assert.ok(Number.isNaN(compute('max(speed, 1)', NaN))));
  it('is missing where it would be infinite', () => assert.ok(Number.isNaN(compute('flow / speed', 0))));

  const refused: readonly [name: string, source: string, message: RegExp][] = [
    ['a name that is not known', 'tundish * 2', /unknown name "tundish"/],
    ['a property of anything', 'speed.constructor', /one formula/],
    ['a call of anything but its functions', 'constructor(1)', /unknown function/],
    ['a call of what a call gave', 'abs(1)(2)', /unknown function/],
    ['a text', '"a" + 1', /expected a number/],
    ['two formulas', 'speed; flow', /one formula/],
    ['nothing', '', /one formula/],
    ['an operator that is not for numbers', 'speed || flow', /unknown operator/],
    ['too few values for a function', 'max(speed)', /max takes 2 values, got 1/],
    ['half a formula', 'speed +', /can't be read/],
    ['a whole book', '1+'.repeat(600), /at most 1000 characters/],
  ];
  for (const [name, source, message] of refused)
    it(`refuses ${name}`, () => assert.throws(() => compute(source), { code: 'CONFIG_INVALID', message }));
});
