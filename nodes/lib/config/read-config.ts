import { asError, ConfigError } from '../errors.js';
import { migrate, type Migration, type Settings } from '../migrate.js';
import { parseYaml, type ConfigProblem, type LineOf } from './config-yaml.js';
import { problemsOf } from './config-problems.js';
import { configSchema, type StrandWatchConfig } from './schema.js';

/** Steps of the file's layout, from version 1 to the one that the schema describes. */
const MIGRATIONS: readonly Migration[] = [];

/** Problems that an error lists; mending the first often mends the rest. */
const MAX_PROBLEMS_TOLD = 10;

export interface ReadConfig {
  /** What the YAML says, without defaults. */
  readonly raw: unknown;
  readonly config: StrandWatchConfig;
}

/**
 * A configuration from YAML text.
 * @param name what to call the text in errors, usually the file's name
 * @throws ConfigError naming file, line, key and what is allowed, one line per problem
 */
export function readConfig(text: string, name: string): ReadConfig {
  const yaml = parseYaml(text);
  if (yaml.problems.length > 0) throw configError(yaml.problems, name);
  const raw = inCurrentVersion(yaml.raw, `${name}:${yaml.lineOf(['version'])} version`);
  return { raw, config: checkConfig(raw, name, yaml.lineOf) };
}

/** Checks parsed settings; `lineOf` is left out where they come from no text. @throws ConfigError as `readConfig` */
export function checkConfig(raw: unknown, name: string, lineOf?: LineOf): StrandWatchConfig {
  const result = configSchema.safeParse(raw);
  if (result.success) return result.data;
  throw configError(problemsOf(configSchema, result.error.issues, raw, lineOf), name);
}

/** Every problem of a text, for an editor that checks while one types; empty when it is usable. */
export function problemsIn(text: string): readonly ConfigProblem[] {
  const { raw: written, problems, lineOf } = parseYaml(text);
  if (problems.length > 0) return problems;
  let raw: unknown;
  try {
    raw = inCurrentVersion(written, 'version');
  } catch (err) {
    return [{ line: lineOf(['version']), path: '', message: asError(err).message }];
  }
  const result = configSchema.safeParse(raw);
  return result.success ? [] : problemsOf(configSchema, result.error.issues, raw, lineOf);
}

const inCurrentVersion = (raw: unknown, where: string): unknown =>
  typeof raw === 'object' && raw !== null && !Array.isArray(raw)
    ? migrate(raw as Settings, MIGRATIONS, where)
    : raw;

function configError(problems: readonly ConfigProblem[], name: string): ConfigError {
  const said = problems.slice(0, MAX_PROBLEMS_TOLD).map(({ line, path, message }) => {
    const where = [line === null ? name : `${name}:${line}`, path].filter(Boolean).join(' ');
    return `${where}: ${message}`;
  });
  if (problems.length > said.length) said.push(`${name}: and ${problems.length - said.length} more.`);
  return new ConfigError('CONFIG_INVALID', said.join('\n'));
}
