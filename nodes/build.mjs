/**
 * Builds `dist/`: tsc for the runtime, esbuild for the editor scripts, and copies of what Node-RED reads as it is.
 * A type error anywhere fails the build.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expandRows } from './form-rows.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');

/** What all forms share: their style and their words. */
const shared = join(root, 'nodes', 'lib', 'editor');
const style = readFileSync(join(shared, 'form.css'), 'utf8');

const typeCheck = (...args) =>
  execFileSync(process.execPath, [tsc, ...args], { cwd: root, stdio: 'inherit' });

/** One HTML file per node, as Node-RED wants it: the form as a template, then the editor script. */
async function buildEditor(type) {
  const room = join(root, 'nodes', type);
  const script = await build({
    entryPoints: [join(room, `${type}.editor.ts`)],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2020',
    charset: 'utf8',
  });
  const form = expandRows(readFileSync(join(room, `${type}.html`), 'utf8'), type, style);
  const code = script.outputFiles[0].text.replaceAll('</script', '<\\/script');
  const html = `<script type="text/html" data-template-name="${type}">\n${form}</script>\n<script type="text/javascript">\n${code}</script>\n`;
  mkdirSync(join(dist, 'nodes', type), { recursive: true });
  writeFileSync(join(dist, 'nodes', type, `${type}.html`), html);
  for (const folder of ['locales', 'icons', 'static']) {
    if (existsSync(join(room, folder)))
      cpSync(join(room, folder), join(dist, 'nodes', type, folder), { recursive: true });
  }
  for (const language of readdirSync(join(room, 'locales'))) addSharedWords(type, language);
}

/** Node-RED looks a node's texts up in its own catalog only: the words that all forms share become part of each. */
function addSharedWords(type, language) {
  const file = join(dist, 'nodes', type, 'locales', language, `${type}.json`);
  const catalog = JSON.parse(readFileSync(file, 'utf8'));
  const form = JSON.parse(readFileSync(join(shared, 'locales', `${language}.json`), 'utf8'));
  writeFileSync(file, JSON.stringify({ [type]: { ...catalog[type], form } }));
}

/** The widgets of both dashboards as one file, with the charts' library and its licence in it: nothing is loaded from elsewhere. */
async function buildWidgets() {
  const licence = readFileSync(join(root, 'node_modules', 'uplot', 'LICENSE'), 'utf8');
  await build({
    entryPoints: [join(root, 'nodes', 'widgets', 'main.ts')],
    outfile: join(dist, 'nodes', 'strand-config', 'static', 'widgets.js'),
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2023',
    charset: 'utf8',
    loader: { '.css': 'text' },
    banner: {
      js: `/* StrandWatch widgets, Apache-2.0. With uPlot (https://github.com/leeoniya/uPlot):\n${licence}*/`,
    },
  });
}

const types = Object.keys(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))['node-red'].nodes);
const rooms = readdirSync(join(root, 'nodes'), { withFileTypes: true })
  .filter(
    (entry) => entry.isDirectory() && existsSync(join(root, 'nodes', entry.name, `${entry.name}.editor.ts`)),
  )
  .map((entry) => entry.name);
const stray = [
  ...types.filter((type) => !rooms.includes(type)),
  ...rooms.filter((room) => !types.includes(room)),
];

try {
  if (stray.length > 0) throw new Error(`package.json and nodes/ disagree about: ${stray.join(', ')}`);
  rmSync(dist, { recursive: true, force: true });
  typeCheck('-p', 'tsconfig.build.json');
  typeCheck('-p', 'nodes/tsconfig.editor.json');
  await Promise.all([...types.map(buildEditor), buildWidgets()]);
} catch (err) {
  console.error(`build failed: ${err.message}`);
  process.exitCode = 1;
}
