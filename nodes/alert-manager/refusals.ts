import type { AlarmRecord } from '../lib/alarm.js';
import type { Refusal } from './standing.js';

/** Why a step can't be taken, in words. */
export const REFUSALS: Readonly<Record<Refusal, (record: AlarmRecord) => string>> = {
  'already-acknowledged': ({ acknowledgement }) =>
    `it is acknowledged already${acknowledgement === null ? '' : `, by ${acknowledgement.by}`}`,
  'already-confirmed': () => 'it has nothing to confirm',
  'already-shelved': ({ shelving }) => `it is shelved already, by ${shelving?.by ?? 'someone'}`,
  'not-shelved': () => 'it is not shelved',
  'shelving-time-out-of-range': () =>
    'expected a shelving time above 0 s, up to alerts.shelving.longest of the configuration',
  'already-suppressed': () => 'it is suppressed already',
  'not-suppressed': () =>
    'nobody has suppressed it; what is suppressed by design ends with the process state',
  'already-out-of-service': ({ outOfService }) =>
    `it is out of service already, by ${outOfService?.by ?? 'someone'}`,
  'in-service': () => 'it is in service',
  'not-latched': () => 'it is not latched',
  'still-active': () => 'it is still active',
  unacknowledged: () => 'it must be acknowledged first',
  unconfirmed: () => 'it must be confirmed first',
  'not-active': () => 'it is not active',
};
