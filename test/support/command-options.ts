import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packageRoot } from '../../nodes/lib/package-paths.js';

const root = packageRoot();
const source = (file: string): string => readFileSync(join(root, file), 'utf8');

export const scripts = (
  JSON.parse(source('package.json')) as { readonly scripts: Readonly<Record<string, string>> }
).scripts;

const SCRIPT = /(?:^|\s)npm (?:run(?: -s| --silent)* ([\w:.-]+)|(start|test)\b)/;
/** Commands of npm itself that the pages may name. */
const NPM = /(?:^|\s)npm (?:ci|cit|install|i|pack|version|update)\b/;
const TRAINING = /(?:^|\s)(models\/training\/\w+\.(?:sh|py))\b/;

/** What a command line gets wrong: a script that isn't there, an option that its program doesn't tell of. */
export function wrongIn(line: string): string[] {
  return line.split(/&&|;|\|/).flatMap((command) => {
    const script = SCRIPT.exec(command)?.slice(1).find(Boolean);
    if (script !== undefined && scripts[script] === undefined) return [`no script ${script} in package.json`];
    const program = script === undefined ? TRAINING.exec(command)?.[1] : programOf(script);
    const mayBeNpm = script !== undefined || NPM.test(command) || !/(?:^|\s)npm\b/.test(command);
    if (!mayBeNpm) return [`not a command of npm: ${command.trim()}`];
    if (program === undefined) return [];
    if (!existsSync(join(root, program))) return [`no program ${program}`];
    const known = optionsOf(program);
    const given = [...command.slice(script === undefined ? 0 : command.indexOf(' -- ')).matchAll(OPTION)];
    return given.filter(([, name]) => !known.has(name!)).map(([, name]) => `${program} has no --${name}`);
  });
}

const OPTION = /(?<=\s)--([a-z][\w-]*)/g;

/** The source that a script of package.json runs, which holds its usage text. */
function programOf(script: string): string | undefined {
  const [built] = / dist\/flows\/start\.js/.exec(` ${scripts[script]}`) ?? [];
  return built !== undefined ? 'flows/options.ts' : /(?<= )[\w-][\w/-]*\.ts\b/.exec(scripts[script]!)?.[0];
}

/** Options that the usage text of a program tells of: of a TypeScript file or the `cli-options` beside it, or of Python. */
function optionsOf(program: string): Set<string> {
  if (/\.(sh|py)$/.test(program))
    return pythonOptions(program.replace(/\.sh$/, '.py').replace('run.py', 'train.py'));
  const beside = join(dirname(program), 'cli-options.ts');
  const text =
    existsSync(join(root, beside)) && program.endsWith('/cli.ts') ? source(beside) : source(program);
  return new Set(
    [...text.matchAll(/(?:^ +|, )--([a-z][\w-]*)/gm), ...text.matchAll(/-- --([a-z][\w-]*)/g)].map(
      (match) => match[1]!,
    ),
  );
}

function pythonOptions(file: string): Set<string> {
  const text = source(file);
  const named = [...text.matchAll(/add_argument\(\s*"--([a-z][\w-]*)"/g)];
  // train.py has an option for the count of each split.
  const splits = text.includes('f"--{') ? [...text.matchAll(/^ {4}"(\w+)": Split\(/gm)] : [];
  return new Set(['help', ...[...named, ...splits].map((match) => match[1]!)]);
}

/** Every option that any program of the house knows. */
export function allOptions(): Set<string> {
  const programs = [
    ...Object.keys(scripts).map(programOf),
    ...['own', 'train', 'rules', 'skab'].map((name) => `models/training/${name}.py`),
  ];
  return new Set(programs.flatMap((program) => (program === undefined ? [] : [...optionsOf(program)])));
}
