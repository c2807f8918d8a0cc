import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { parse } from 'yaml';
import { jsonSchemaOf, schemasAt } from '../../../nodes/lib/config/allowed-values.js';
import { checkConfig } from '../../../nodes/lib/config/read-config.js';
import { configSchema } from '../../../nodes/lib/config/schema.js';
import { asError } from '../../../nodes/lib/errors.js';
import { packageRoot, shipped } from '../../../nodes/lib/package-paths.js';
import { allOptions, wrongIn } from '../../support/command-options.js';
import { commentOf, exampleFiles, nodesOf } from '../../support/flow-file.js';
import {
  anchorsOf,
  codeOf,
  helpPages,
  linksOf,
  pageOf,
  pages,
  shellLinesOf,
  type Page,
} from '../../support/markdown.js';

type Branch = Readonly<Record<string, unknown>>;

const root = packageRoot();
const all = pages();
const help = helpPages();
/** What the comments of the examples say, as pages. */
const comments = exampleFiles().map((file) => pageOf(file, commentOf(nodesOf(file)).text));
const byFile = new Map(all.map((page) => [page.file, page]));
const schema = jsonSchemaOf(configSchema);
const sections = Object.keys(schema.properties!);
const shippedConfig = parse(readFileSync(shipped.config(), 'utf8')) as Branch;

const isBranch = (value: unknown): value is Branch =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The shipped configuration with a snippet laid over it; lists are replaced. */
const overlaid = (under: unknown, over: unknown): unknown =>
  isBranch(under) && isBranch(over)
    ? Object.entries(over).reduce<Branch>(
        (tree, [key, value]) => ({ ...tree, [key]: overlaid(tree[key], value) }),
        under,
      )
    : over;

function wrongLinks(page: Page): string[] {
  return linksOf(page)
    .filter((target) => !/^(https?|mailto):/.test(target))
    .flatMap((target) => {
      const [path = '', anchor] = decodeURI(target).split('#');
      const file = path === '' ? page.file : normalize(join(dirname(page.file), path));
      if (!existsSync(join(root, file))) return [`${target}: no such file`];
      if (anchor === undefined) return [];
      const there = byFile.get(file) ?? pageOf(file, readFileSync(join(root, file), 'utf8'));
      return anchorsOf(there).has(anchor) ? [] : [`${target}: no such heading`];
    });
}

/** Commands in shell blocks, and those in running text that name a script or a program of the repository. */
const commandsOf = (page: Page): string[] => [
  ...shellLinesOf(page),
  ...codeOf(page).filter((code) => /^(npm|models\/training\/)/.test(code)),
];

function wrongSnippets({ blocks }: Page): string[] {
  return blocks
    .filter(({ language }) => language === 'yaml')
    .flatMap(({ text }) => {
      // A file of another program says whose it is: `# prometheus.yml`.
      if (/^# [\w./-]+\.ya?ml/.test(text)) return [];
      try {
        checkConfig(overlaid(shippedConfig, parse(text)), 'snippet');
        return [];
      } catch (err) {
        return [`${text.split('\n', 2).join(' ')}...: ${asError(err).message}`];
      }
    });
}

/** `alerts.thresholds.warning`, which must be a key of the configuration; `docs/rules.md` is a file. */
const wrongKeys = (page: Page): string[] =>
  codeOf(page)
    .filter((code) => /^[a-z]\w*(\.[a-z]\w*)+$/.test(code) && sections.includes(code.split('.')[0]!))
    .filter((code) => !existsSync(join(root, dirname(page.file), code)))
    .filter((code) => schemasAt(schema, code.split('.')).length === 0);

const FOLDERS = ['docs', 'nodes', 'flows', 'models', 'examples', 'test', '.ci'];

const wrongPaths = (page: Page): string[] =>
  [...codeOf(page), ...shellLinesOf(page)]
    .flatMap((code) => code.split(/[\s,;:()]+/))
    .filter((word) => FOLDERS.some((folder) => word.startsWith(`${folder}/`)))
    .filter((word) => !/[<>*{}|$…]|\.\.\.|\/\.venv\//.test(word) && !existsSync(join(root, word)));

const examples = exampleFiles().map((file) => basename(file, '.json'));

/** Examples by name, `08-raise-an-alarm`, or by number, *examples 17 and 23*. */
const wrongExamples = (page: Page): string[] => [
  ...codeOf(page).filter((code) => /^\d\d-[a-z-]+$/.test(code) && !examples.includes(code)),
  ...[...page.prose.matchAll(/\b[Ee]xamples? (\d+)(?:(?: to | and |, )(\d+))?/g)]
    .flatMap(([, one, other]) => [one!, ...(other === undefined ? [] : [other])])
    .filter((number) => !examples.some((name) => name.startsWith(`${number.padStart(2, '0')}-`))),
];

/** Every command that a node or the feed of the dashboards takes, out of the help and the page that list them. */
const knownCommands = new Set(
  [...help, ...all.filter(({ file }) => file === 'docs/dashboards.md')].flatMap(({ prose }) =>
    [...prose.matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, cell]) =>
      [...cell!.matchAll(/`([^`]+)`/g)].map((match) => match[1]!),
    ),
  ),
);

const wrongCommands = (page: Page): string[] =>
  codeOf(page).filter((code) => /^(get|set|list|read)-[a-z-]+$/.test(code) && !knownCommands.has(code));

/** `alerts.rules` in the plain text of a comment, where there are no backticks. */
const wrongPlainKeys = ({ prose }: Page): string[] =>
  [...prose.matchAll(/\b[a-z]\w*(?:\.[a-z]\w*)+\b/g)]
    .map(([key]) => key)
    .filter((key) => sections.includes(key.split('.')[0]!) && schemasAt(schema, key.split('.')).length === 0);

const wrongPlainPaths = ({ prose }: Page): string[] =>
  [...prose.matchAll(/\b(?:docs|models|flows)\/[\w./-]*\w/g)]
    .map(([path]) => path)
    .filter((path) => !existsSync(join(root, path)));

describe('the documentation', () => {
  const options = allOptions();
  const checks: Readonly<Record<string, (page: Page) => string[]>> = {
    'links to files and headings that exist': wrongLinks,
    'shows commands that exist, with options they have': (page) => commandsOf(page).flatMap(wrongIn),
    'names no option that no command has': (page) =>
      codeOf(page)
        .filter((code) => code.startsWith('--'))
        .map((code) => /^--([\w-]+)/.exec(code)![1]!)
        .filter((name) => !options.has(name)),
    'shows configuration that is valid when laid over the shipped one': wrongSnippets,
    'names keys that the configuration has': wrongKeys,
    'names files that exist': wrongPaths,
    'names examples that exist': wrongExamples,
    'names commands of nodes that exist': wrongCommands,
  };
  for (const [what, wrong] of Object.entries(checks))
    it(`${what}, and so does the help of the nodes`, () => {
      const found = [...all, ...help].flatMap((page) =>
        wrong(page).map((complaint) => `${page.file}: ${complaint}`),
      );
      assert.deepEqual(found, []);
    });

  it('names keys and files that exist in the comments of the examples', () => {
    assert.deepEqual(
      comments.flatMap((page) => [...wrongPlainKeys(page), ...wrongPlainPaths(page)]),
      [],
    );
  });

  it('names in the help of each node at least two examples, which use it', () => {
    for (const page of help) {
      const type = basename(page.file, '.html');
      const named = codeOf(page).filter((code) => examples.includes(code));
      const using = named.filter((name) =>
        nodesOf(`examples/${name}.json`).some((node) => node.type === type),
      );
      assert.deepEqual(using, named, page.file);
      assert.ok(named.length >= 2, page.file);
    }
  });

  it('names each example in the help of some node', () => {
    const named = new Set(help.flatMap(codeOf));
    assert.deepEqual(
      examples.filter((name) => !named.has(name)),
      [],
    );
  });

  it('can be reached from the README, page by page', () => {
    const reached = new Set<string>();
    const visit = (file: string): void => {
      const page = byFile.get(file);
      if (reached.has(file) || page === undefined) return;
      reached.add(file);
      for (const target of linksOf(page))
        visit(normalize(join(dirname(file), target.split('#')[0]!)).replace(/\/$/, ''));
    };
    visit('README.md');
    const inFolders = (file: string): boolean => /^docs\/(nodes|decisions)\//.test(file);
    assert.deepEqual(
      all.map(({ file }) => file).filter((file) => !reached.has(file) && !inFolders(file)),
      [],
    );
  });
});

describe('the check of the documentation', () => {
  const page = (text: string): Page => pageOf('docs/made-up.md', text);

  const mistakes: readonly [string, (page: Page) => string[], string][] = [
    ['a link to a file that is gone', wrongLinks, '[x](gone.md)'],
    ['a link to a heading that is gone', wrongLinks, '[x](alarms.md#gone)'],
    ['a heading of its own that is gone', wrongLinks, '# Here\n\n[x](#there)'],
    ['an unknown script', (page) => commandsOf(page).flatMap(wrongIn), 'Run `npm run nothing`.'],
    ['an unknown option', (page) => commandsOf(page).flatMap(wrongIn), '```bash\nnpm start -- --sped 3\n```'],
    [
      'an unknown option of the training',
      (page) => commandsOf(page).flatMap(wrongIn),
      '`models/training/own.sh unsupervised --nothing 1`',
    ],
    ['a snippet with an unknown key', wrongSnippets, '```yaml\nalerts: { treshold: 1 }\n```'],
    ['a snippet out of range', wrongSnippets, '```yaml\nalerts:\n  deadband: 7\n```'],
    ['a key that the configuration lacks', wrongKeys, '`alerts.treshold`'],
    ['a file that is gone', wrongPaths, '`flows/config/gone.yaml`'],
    ['an example that is gone', wrongExamples, '`99-gone`'],
    ['the number of an example that is gone', wrongExamples, 'See examples 7 and 99.'],
    ['a command that no node takes', wrongCommands, '`get-nothing`'],
    ['a key in plain text that the configuration lacks', wrongPlainKeys, 'It is alerts.treshold.'],
    ['a file in plain text that is gone', wrongPlainPaths, 'Read docs/gone.md.'],
  ];
  for (const [what, wrong, text] of mistakes)
    it(`finds ${what}`, () => {
      assert.equal(wrong(page(text)).length, 1);
    });

  it('follows anchors as GitHub writes them', () => {
    const anchors = anchorsOf(page('## Say `why`, in time\n\n## Twice\n\n## Twice\n'));
    assert.deepEqual([...anchors], ['say-why-in-time', 'twice', 'twice-1']);
  });
});
