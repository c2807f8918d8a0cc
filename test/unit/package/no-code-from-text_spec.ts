import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

const ROOT = join(__dirname, '..', '..', '..');
const RUNS_TEXT = ['eval', 'Function', 'execScript'];
const TIMERS = ['setTimeout', 'setInterval', 'setImmediate'];
const PROCESSES = ['exec', 'execSync'];

/** What in a script turns text into code, as `file:line what`. */
function textTurnedToCode(path: string, script = readFileSync(path, 'utf8')): string[] {
  const source = ts.createSourceFile(path, script, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  const found: string[] = [];
  const tell = (node: ts.Node, what: string): void => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    found.push(`${relative(ROOT, path)}:${line + 1} ${what}`);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      const { expression: callee } = node;
      const name = ts.isIdentifier(callee)
        ? callee.text
        : ts.isPropertyAccessExpression(callee)
          ? callee.name.text
          : '';
      const [first] = node.arguments ?? [];
      if (RUNS_TEXT.includes(name)) tell(node, name);
      if (TIMERS.includes(name) && first !== undefined && ts.isStringLiteralLike(first)) tell(node, name);
      if (PROCESSES.includes(name) && ts.isIdentifier(callee)) tell(node, name);
    }
    if (ts.isStringLiteralLike(node) && /^(node:)?vm$/.test(node.text)) tell(node, 'the module vm');
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const scriptsIn = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.[cm]?js$/.test(file))
    .map((file) => join(ROOT, folder, file));

describe('no text becomes code', () => {
  const samples: readonly (readonly [script: string, isFound: boolean])[] = [
    ['eval("1")', true],
    ['globalThis.eval("1")', true],
    ['new Function("return 1")', true],
    ['const f = Function("return 1")', true],
    ['setTimeout("alert(1)", 5)', true],
    ['const { exec } = require("child_process"); exec("ls")', true],
    ['require("node:vm")', true],
    ['/a/.exec("a")', false],
    ['evaluate("eval(1)")', false],
    ['setTimeout(() => 1, 5)', false],
  ];
  for (const [script, isFound] of samples)
    it(`${isFound ? 'finds' : 'passes over'} ${script}`, () =>
      assert.equal(textTurnedToCode(join(ROOT, 'sample.js'), script).length > 0, isFound));

  it('in what is shipped: nodes, editor, widgets, launcher, settings', function () {
    if (!existsSync(join(ROOT, 'dist', 'nodes'))) this.skip();
    this.timeout(60_000);
    const scripts = [
      ...scriptsIn('dist/nodes'),
      ...scriptsIn('dist/flows'),
      join(ROOT, 'flows', 'settings.js'),
    ];
    assert.ok(scripts.length > 100, `${scripts.length} scripts`);
    assert.deepEqual(
      scripts.flatMap((path) => textTurnedToCode(path)),
      [],
    );
  });

  it('in the function nodes of the flows and examples', () => {
    const flows = [
      'flows/strandwatch.json',
      ...readdirSync(join(ROOT, 'examples')).map((file) => `examples/${file}`),
    ];
    const found = flows
      .filter((file) => file.endsWith('.json'))
      .flatMap((file) =>
        (JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as { type: string; func?: string }[])
          .filter(({ type }) => type === 'function')
          .flatMap(({ func = '' }) => textTurnedToCode(join(ROOT, file), `async () => {${func}\n}`)),
      );
    assert.deepEqual(found, []);
  });
});
