import { readFileSync } from 'node:fs';
import tseslint from 'typescript-eslint';

const rooms = Object.keys(JSON.parse(readFileSync('package.json', 'utf8'))['node-red'].nodes);

const clocks = [
  { object: 'Date', property: 'now', message: 'Take the time from the injected Clock (nodes/lib/clock.ts).' },
  {
    object: 'performance',
    property: 'now',
    message: 'Take the time from the injected Clock (nodes/lib/clock.ts).',
  },
  {
    object: 'Math',
    property: 'random',
    message: 'Chance comes from a seeded generator, so that runs can be repeated.',
  },
];
const timers = ['setTimeout', 'setInterval', 'setImmediate'].map((name) => ({
  name,
  message: 'Timers come from the injected Clock (nodes/lib/clock.ts).',
}));
const noOtherRoom = (room) => ({
  group: rooms.filter((other) => other !== room).map((other) => `**/${other}/*`),
  message: 'A node never imports another node: move the shared piece to nodes/lib.',
});
const noInputOutput = {
  group: ['node:fs', 'node:fs/*', 'node:http', 'node:https', 'node:child_process', 'node:worker_threads'],
  message:
    'Core code does no I/O: take it as an argument, or move it to a file named *-file, *-store, *-http or *-worker.',
};
/** Files that may reach the world: adapters (named after their room) and files that say so in their name. */
const shells = [
  'nodes/*/*-file.ts',
  'nodes/*/*-store.ts',
  'nodes/*/*-http.ts',
  'nodes/*/*-worker.ts',
  'nodes/*/*/*-store.ts',
  'nodes/*/*/*-http.ts',
  'nodes/lib/**/*-file.ts',
  'nodes/lib/*-paths.ts',
];
const adapters = rooms.map((room) => `nodes/${room}/${room}.ts`);
const editors = ['nodes/**/*.editor.ts', 'nodes/lib/editor/**/*.ts', 'nodes/widgets/**/*.ts'];

export default tseslint.config(
  {
    ignores: [
      'dist',
      'node_modules',
      '.strandwatch',
      'out',
      '**/.venv',
      'flows/settings.js',
      '**/*.{mjs,cjs}',
    ],
  },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: [] }, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/prefer-nullish-coalescing': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // No text ever becomes code: formulas run as closures (docs/decisions/0005), and docs/security.md promises it.
      'no-eval': 'error',
      'no-new-func': 'error',
      '@typescript-eslint/no-implied-eval': 'error',
      'no-script-url': 'error',
      'no-proto': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['nodes/**/*.ts', 'models/**/*.ts'],
    ignores: [...editors, 'nodes/lib/clock.ts'],
    rules: {
      'no-restricted-properties': ['error', ...clocks],
      'no-restricted-globals': ['error', ...timers],
    },
  },
  {
    files: ['nodes/lib/**/*.ts'],
    ignores: [...shells, ...editors],
    rules: { 'no-restricted-imports': ['error', { patterns: [noOtherRoom('lib'), noInputOutput] }] },
  },
  ...rooms.map((room) => ({
    files: [`nodes/${room}/**/*.ts`],
    ignores: [...adapters, ...shells, ...editors],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            noOtherRoom(room),
            noInputOutput,
            { group: ['node-red'], message: 'Core code never imports RED.' },
          ],
        },
      ],
    },
  })),
  ...rooms.map((room) => ({
    files: [
      `nodes/${room}/${room}.ts`,
      `nodes/${room}/*-file.ts`,
      `nodes/${room}/*-store.ts`,
      `nodes/${room}/*-http.ts`,
      `nodes/${room}/*-worker.ts`,
      `nodes/${room}/*/*-store.ts`,
      `nodes/${room}/*/*-http.ts`,
    ],
    rules: { 'no-restricted-imports': ['error', { patterns: [noOtherRoom(room)] }] },
  })),
  {
    files: ['models/simulator/**/*.ts'],
    ignores: ['models/simulator/*-file.ts', 'models/simulator/*-pool.ts', 'models/simulator/cli.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [noInputOutput] }] },
  },
  {
    files: editors,
    languageOptions: { parserOptions: { projectService: false, project: ['nodes/tsconfig.editor.json'] } },
  },
);
