import { migrate, type Migration, type Settings } from '../lib/migrate.js';
import { textField } from '../lib/parse-field.js';

export interface DashboardFeedConfig {
  readonly name: string;
  readonly strandConfig: string;
}

/** Steps of the form's fields, from version 1 to that of the defaults. */
const MIGRATIONS: readonly Migration[] = [];

export const defaults = { name: '', strandConfig: '', version: 1 };

/** @throws ConfigError naming the field and what it takes */
export function parseConfig(saved: Settings): DashboardFeedConfig {
  const fields = migrate(saved, MIGRATIONS, 'dashboard-feed version');
  return { name: textField(fields.name, ''), strandConfig: textField(fields.strandConfig, '') };
}
