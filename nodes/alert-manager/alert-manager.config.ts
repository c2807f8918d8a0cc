import type { AlarmSource } from '../lib/alarm.js';
import { ConfigError } from '../lib/errors.js';
import { migrate, type Migration, type Settings } from '../lib/migrate.js';
import { choiceField, numberField, textField } from '../lib/parse-field.js';

export const SOURCES = ['ensemble', 'baseline', 'sequence'] as const;

/** The form's fields. A blank one (undefined) leaves the word to the YAML file. */
export interface AlertManagerConfig {
  readonly name: string;
  readonly strandConfig: string;
  readonly source: AlarmSource | undefined;
  /** 0..1 */
  readonly warning: number | undefined;
  readonly critical: number | undefined;
  readonly deadband: number | undefined;
  /** s of cast time */
  readonly onDelay: number | undefined;
  readonly offDelay: number | undefined;
  readonly escalateAfter: number | undefined;
  readonly channels: readonly string[] | undefined;
}

/** Steps of the form's fields, from version 1 to that of the defaults. */
const MIGRATIONS: readonly Migration[] = [];

export const defaults = {
  name: '',
  strandConfig: '',
  source: '',
  warning: '',
  critical: '',
  deadband: '',
  onDelay: '',
  offDelay: '',
  escalateAfter: '',
  channels: '',
  version: 1,
};

/** A day: longer delays are a slip of the unit. */
const LONGEST_DELAY_S = 86_400;

/** @throws ConfigError naming the field and what it takes */
export function parseConfig(saved: Settings): AlertManagerConfig {
  const fields = migrate(saved, MIGRATIONS, 'alert-manager version');
  const share = (key: string, field: string) =>
    numberField(fields[key], undefined, { field, min: 0, max: 1 });
  const delay = (key: string, field: string) =>
    numberField(fields[key], undefined, { field, min: 0, max: LONGEST_DELAY_S, unit: 's' });
  return {
    name: textField(fields.name, ''),
    strandConfig: textField(fields.strandConfig, ''),
    source: choiceField(fields.source, undefined, 'Source', SOURCES),
    warning: share('warning', 'Warning threshold'),
    critical: share('critical', 'Critical threshold'),
    deadband: share('deadband', 'Deadband'),
    onDelay: delay('onDelay', 'On-delay'),
    offDelay: delay('offDelay', 'Off-delay'),
    escalateAfter: delay('escalateAfter', 'Escalate after'),
    channels: channelsIn(textField(fields.channels, undefined)),
  };
}

/** Each is one message per alarm; the configuration file takes no more either. */
const MOST_CHANNELS = 16;

/** `mail, sms` -> the two names. */
function channelsIn(text: string | undefined): readonly string[] | undefined {
  const channels = text
    ?.split(',')
    .map((channel) => channel.trim())
    .filter((channel) => channel !== '');
  if (channels !== undefined && channels.length > MOST_CHANNELS) {
    throw new ConfigError(
      'FIELD_INVALID',
      `Channels: expected at most ${MOST_CHANNELS} names, got ${channels.length}.`,
    );
  }
  return channels;
}
