import { parseArgs, type ParseArgsConfig } from 'node:util';
import { ConfigError, shown } from '../nodes/lib/errors.js';

/** The options of a command as they were typed. @throws ConfigError for an option that it doesn't have */
export function typedOptions<const Options extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: Options,
) {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (err) {
    const reason = err instanceof Error ? err.message.split('. ')[0] : shown(err);
    throw new ConfigError('FIELD_INVALID', `${reason}. See --help.`, { cause: err });
  }
}
