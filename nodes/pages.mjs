/**
 * Writes `docs/nodes/<type>.md` from each node's help, so that the page and the editor's sidebar say the same.
 * `node nodes/pages.mjs --check` only tells which pages are out of date.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = join(root, 'docs', 'nodes');
const types = Object.keys(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))['node-red'].nodes);

/** Node-RED's help lists properties as `: name (type) : text`, type or not; GitHub's Markdown knows no such list. */
function page(type) {
  const help = readFileSync(join(root, 'nodes', type, 'locales', 'en-US', `${type}.html`), 'utf8');
  const [, markdown] = /<script type="text\/markdown"[^>]*>\n([\s\S]*?)<\/script>/.exec(help);
  const body = markdown.replace(
    /^: *([\w., -]+?) +(\([^)]+\) *)?: */gm,
    (_, names, kind = '') => `- ${names.replace(/[\w.-]+/g, '`$&`')}${kind && ` ${kind.trim()}`}: `,
  );
  return `# ${type}\n\n<!-- Made from the node's help by \`npm run docs\`. -->\n\n${body.trim()}\n`;
}

function current(type) {
  try {
    return readFileSync(join(folder, `${type}.md`), 'utf8');
  } catch {
    return null;
  }
}

const stale = types.filter((type) => current(type) !== page(type));
if (process.argv.includes('--check')) {
  if (stale.length > 0) console.error(`docs/nodes is out of date for ${stale.join(', ')}: run npm run docs`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  mkdirSync(folder, { recursive: true });
  for (const type of stale) writeFileSync(join(folder, `${type}.md`), page(type));
}
