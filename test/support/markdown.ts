import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../nodes/lib/package-paths.js';

/** A page of the documentation. `prose` is its text without fenced blocks. */
export interface Page {
  /** Path from the root of the repository. */
  readonly file: string;
  readonly prose: string;
  readonly blocks: readonly { readonly language: string; readonly text: string }[];
}

const FENCE = /^( *)```([\w-]*)\n([\s\S]*?)^\1```$/gm;

export function pageOf(file: string, text: string): Page {
  const blocks = [...text.matchAll(FENCE)].map(([, , language, block]) => ({
    language: language!,
    text: block!,
  }));
  return { file, prose: text.replace(FENCE, ''), blocks };
}

/** Every page that a reader may come upon. */
export function pages(): Page[] {
  const root = packageRoot();
  const files = [
    ...['README.md', 'CHANGELOG.md', 'models/training/README.md'],
    ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.md'))
      .map((file) => `docs/${file}`)
      .sort(),
  ];
  return files.map((file) => pageOf(file, readFileSync(join(root, file), 'utf8')));
}

/** The help of each node, in every language, as it stands in the editor's sidebar. */
export const helpPages = (): Page[] =>
  readdirSync(join(packageRoot(), 'nodes'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\/locales\/[\w-]+\/[\w-]+\.html$/.test(file))
    .map((file) => `nodes/${file}`)
    .sort()
    .map((file) => pageOf(file, readFileSync(join(packageRoot(), file), 'utf8')));

/** Targets of links and images: `[text](target)` and `src="target"`. */
export const linksOf = ({ prose }: Page): string[] => [
  ...[...withoutCode(prose).matchAll(/\]\(<?([^)\s>]+)>?(?: "[^"]*")?\)/g)].map((match) => match[1]!),
  ...[...withoutCode(prose).matchAll(/<(?:img|a)\b[^>]*\b(?:src|href)="([^"]+)"/g)].map((match) => match[1]!),
];

/** Anchors of a page as GitHub makes them: lower case, without marks, a hyphen per space, numbered when repeated. */
export function anchorsOf({ prose }: Page): Set<string> {
  const anchors = new Set([...prose.matchAll(/<a (?:id|name)="([^"]+)"/g)].map((match) => match[1]!));
  const times = new Map<string, number>();
  for (const [, title] of prose.matchAll(/^#{1,6} +(.+?) *#*$/gm)) {
    const slug = title!
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
      .replace(/ /g, '-');
    const seen = times.get(slug) ?? 0;
    times.set(slug, seen + 1);
    anchors.add(seen === 0 ? slug : `${slug}-${seen}`);
  }
  return anchors;
}

/** What stands between backticks in running text; a line break within counts as a space. */
export const codeOf = ({ prose }: Page): string[] =>
  [...prose.matchAll(/(`+)([^`]+?)\1/g)].map((match) => match[2]!.replace(/\s+/g, ' '));

/** Lines of shell blocks, fenced or indented, a line that ends with a backslash joined to the next. */
export const shellLinesOf = ({ blocks, prose }: Page): string[] =>
  [
    ...blocks
      .filter(({ language }) => ['bash', 'sh', 'shell', 'console'].includes(language))
      .map(({ text }) => text),
    ...[...prose.matchAll(/(?:^ {4}.*\n)+/gm)].map(([text]) => text).filter((text) => COMMAND.test(text)),
  ]
    .flatMap((text) => text.replace(/\\\n\s*/g, '').split('\n'))
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));

const COMMAND = /^ {4}(npm|python|models\/)/;

const withoutCode = (prose: string): string => prose.replace(/(`+)[^`]+?\1/g, '');
