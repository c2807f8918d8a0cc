import jsep from 'jsep';
import { ConfigError, shown } from './errors.js';

/** A formula over numbered values, compiled once. NaN in, NaN out; what is not finite (1 / 0) is NaN too. */
export type Expression = (values: Float64Array) => number;

const FUNCTIONS: Readonly<
  Record<string, { readonly arity: number; readonly run: (a: number, b: number) => number }>
> = {
  abs: { arity: 1, run: (a) => Math.abs(a) },
  sqrt: { arity: 1, run: (a) => Math.sqrt(a) },
  exp: { arity: 1, run: (a) => Math.exp(a) },
  log: { arity: 1, run: (a) => Math.log(a) },
  min: { arity: 2, run: (a, b) => Math.min(a, b) },
  max: { arity: 2, run: (a, b) => Math.max(a, b) },
  pow: { arity: 2, run: (a, b) => a ** b },
};
const OPERATORS: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '**': (a, b) => a ** b,
};

/** Longer ones are no formulas, and would nest too deep. */
const LONGEST = 1000;

/**
 * Compiles `spray_flow_1 / max(casting_speed, 0.2)`: numbers, names, + - * / **, parentheses and the functions above.
 * jsep only parses; what runs are the closures made here, so a formula can reach nothing but the numbers it names.
 * @param indexOf place of a name among the values, or -1
 * @throws ConfigError saying what isn't understood
 */
export function compileExpression(source: string, indexOf: (name: string) => number): Expression {
  const refuse = (problem: string, advice = ''): ConfigError =>
    new ConfigError('CONFIG_INVALID', `${problem} in ${shown(source)}.${advice}`);
  if (source.length > LONGEST) throw refuse(`expected at most ${LONGEST} characters, got ${source.length}`);
  let tree: jsep.Expression;
  try {
    tree = jsep(source);
  } catch (err) {
    throw refuse(`can't be read (${err instanceof Error ? err.message : String(err)})`);
  }

  const compile = (node: jsep.Expression): Expression => {
    switch (node.type) {
      case 'Literal': {
        const { value } = node as jsep.Literal;
        if (typeof value !== 'number') throw refuse(`expected a number, got ${shown(value)}`);
        return () => value;
      }
      case 'Identifier': {
        const { name } = node as jsep.Identifier;
        const index = indexOf(name);
        if (index < 0)
          throw refuse(
            `unknown name ${shown(name)}`,
            ' Known are sensors, derived sensors listed before, and the values of a grade.',
          );
        return (values) => values[index]!;
      }
      case 'UnaryExpression': {
        const { operator, argument } = node as jsep.UnaryExpression;
        if (operator !== '-' && operator !== '+') throw refuse(`unknown operator ${shown(operator)}`);
        const inner = compile(argument);
        return operator === '-' ? (values) => -inner(values) : inner;
      }
      case 'BinaryExpression': {
        const { operator, left, right } = node as jsep.BinaryExpression;
        const run = Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined;
        if (run === undefined) throw refuse(`unknown operator ${shown(operator)}`, ' Known are + - * / **.');
        const a = compile(left);
        const b = compile(right);
        return (values) => run(a(values), b(values));
      }
      case 'CallExpression': {
        const { callee, arguments: args } = node as jsep.CallExpression;
        const name = callee.type === 'Identifier' ? (callee as jsep.Identifier).name : '';
        const known = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
        if (known === undefined)
          throw refuse('unknown function', ` Known are ${Object.keys(FUNCTIONS).join(', ')}.`);
        if (args.length !== known.arity)
          throw refuse(`${name} takes ${known.arity} values, got ${args.length}`);
        const inner = args.map(compile);
        const [a, b = a] = inner;
        return (values) => known.run(a!(values), b!(values));
      }
      default:
        throw refuse('expected one formula of numbers and names');
    }
  };

  const formula = compile(tree);
  return (values) => {
    const result = formula(values);
    return Number.isFinite(result) ? result : NaN;
  };
}
