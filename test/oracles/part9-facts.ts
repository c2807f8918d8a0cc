import type { Part9Config, Part9Event } from './part9-alarm.js';
import type { Part9Sequence } from './part9-vectors.js';

type Facts = Readonly<Record<string, unknown>>;

/** A story told in events, each with what must hold after it. */
const story = (
  config: Part9Config,
  ...steps: readonly (readonly [event: string | Part9Event, expect: Facts])[]
): Part9Sequence => ({
  ...{ name: steps.map(([event]) => (typeof event === 'string' ? event : event.event)).join(', '), config },
  initial: {},
  steps: steps.map(([event, expect]) => ({ ...(typeof event === 'string' ? { event } : event), expect })),
});

const shelveFor = (shelving_time_ms: number): Part9Event => ({ event: 'timed_shelve', shelving_time_ms });
const pass = (ms: number): Part9Event => ({ event: 'advance', ms });
const value = (at: number): Part9Event => ({ event: 'value', value: at });
const NONE: Facts = {};
const A_MINUTE: Part9Config = { max_time_shelved_ms: 60_000 };
const HIGH: Part9Config = { limits: { high: 90, high_high: 95 } };

/** Facts of OPC 10000-9 (the clause is beside each in the vectors) as stories that the alarm must live. */
export const FACTS: Readonly<Record<string, readonly Part9Sequence[]>> = {
  'ack.1': [story({}, ['acknowledge', { result: 'Bad_ConditionBranchAlreadyAcked' }])],
  'conf.1': [story({}, ['confirm', { result: 'Bad_ConditionBranchAlreadyConfirmed' }])],
  'conf.2': [
    story({ has_confirmed: true }, ['active', NONE], ['acknowledge', { confirmed: false }]),
    story({ has_confirmed: false }, ['active', NONE], ['acknowledge', { confirmed: true }]),
  ],
  'shelve.1': [
    story({}, [shelveFor(1000), NONE], [pass(1000), { shelving: 'Unshelved' }]),
    story({}, ['active', NONE], ['one_shot_shelve', NONE], ['inactive', { shelving: 'Unshelved' }]),
  ],
  'shelve.2': [
    story(
      {},
      ['one_shot_shelve', { result: 'Good' }],
      ['active', { shelving: 'OneShotShelved' }],
      ['inactive', { shelving: 'Unshelved' }],
    ),
  ],
  'shelve.3': [
    story(
      {},
      [shelveFor(1000), { result: 'Good' }],
      ['active', { shelving: 'TimedShelved' }],
      ['inactive', { shelving: 'TimedShelved' }],
      [pass(999), { shelving: 'TimedShelved', unshelve_time_ms: 1 }],
      [pass(1), { shelving: 'Unshelved' }],
    ),
  ],
  'shelve.4': [story({}, ['unshelve', { result: 'Bad_ConditionNotShelved' }])],
  'shelve.5': [
    story(A_MINUTE, [shelveFor(5), NONE], [shelveFor(5), { result: 'Bad_ConditionAlreadyShelved' }]),
    story(A_MINUTE, [shelveFor(60_001), { result: 'Bad_ShelvingTimeOutOfRange' }]),
  ],
  'shelve.6': [
    story(
      {},
      ['one_shot_shelve', { result: 'Good' }],
      ['one_shot_shelve', { result: 'Bad_ConditionAlreadyShelved' }],
    ),
  ],
  'shelve.7': [story(A_MINUTE, ['one_shot_shelve', NONE], [pass(60_000), { shelving: 'Unshelved' }])],
  'shelve.8': [
    story(
      A_MINUTE,
      [shelveFor(5000), { unshelve_time_ms: 5000 }],
      ['one_shot_shelve', { unshelve_time_ms: 60_000 }],
    ),
  ],
  'shelve.10': [
    story(
      {},
      [shelveFor(1000), { suppressed_or_shelved: true }],
      ['suppress', NONE],
      ['remove_from_service', NONE],
      ['unshelve', { suppressed_or_shelved: true }],
      ['unsuppress', { suppressed_or_shelved: true }],
      ['place_in_service', { suppressed_or_shelved: false }],
    ),
  ],
  'shelve.11': [
    story(
      {},
      [shelveFor(1000), NONE],
      ['active', { active: true, acked: false, retain: true }],
      ['acknowledge', { result: 'Good', acked: true }],
      ['inactive', { active: false }],
    ),
  ],
  'latch.1': [
    story({ latching: true }, ['active', { latched: true }], ['inactive', { latched: true, retain: true }]),
  ],
  'latch.2': [
    story({ latching: true }, ['reset', { result: 'Bad_InvalidState' }]),
    story({ latching: true }, ['active', NONE], ['reset', { result: 'Bad_InvalidState', latched: true }]),
    story(
      { latching: true, has_confirmed: false },
      ['active', NONE],
      ['inactive', NONE],
      ['reset', { result: 'Bad_InvalidState' }],
      ['acknowledge', NONE],
      ['reset', { result: 'Good', latched: false, retain: false }],
    ),
  ],
  'latch.3': [
    story(
      { latching: true },
      ['active', { latched: true, active: true }],
      ['inactive', { latched: true, active: false, retain: true }],
    ),
  ],
  'realarm.3': [
    story(
      {},
      ['re_alarm_due', { re_alarm_repeat_count: 0, acked: true }],
      ['active', NONE],
      ['re_alarm_due', { re_alarm_repeat_count: 1, acked: false }],
    ),
  ],
  'realarm.4': [
    story({}, ['active', NONE], ['re_alarm_due', NONE], ['inactive', { re_alarm_repeat_count: 0 }]),
    story({}, ['active', NONE], ['re_alarm_due', NONE], ['acknowledge', { re_alarm_repeat_count: 0 }]),
  ],
  'delay.1': [
    story(
      { ...HIGH, on_delay_ms: 1000 },
      [value(91), { active: false }],
      [pass(500), NONE],
      [value(89), { active: false }],
      [pass(500), NONE],
      [value(91), { active: false }],
      [pass(1000), NONE],
      [value(91), { active: true }],
    ),
  ],
  'delay.2': [
    story(
      { ...HIGH, off_delay_ms: 1000 },
      [value(91), { active: true }],
      [value(80), { active: true }],
      [pass(999), NONE],
      [value(80), { active: true }],
      [pass(1), NONE],
      [value(80), { active: false }],
    ),
  ],
  'deadband.1': [
    story(
      { ...HIGH, deadband: { high: 2, high_high: 1 } },
      [value(96), { limit_state: 'HighHigh' }],
      [value(94.5), { limit_state: 'HighHigh' }],
      [value(93.9), { limit_state: 'High' }],
      [value(88.5), { limit_state: 'High' }],
      [value(87.9), { active: false }],
    ),
  ],
  'limit.1': [
    story(HIGH, [value(91), { limit_state: 'High' }], [value(50), { active: false, limit_state: null }]),
  ],
  'limit.2': [
    story(HIGH, [value(91), NONE], ['acknowledge', { acked: true }], [value(96), { acked: false }]),
  ],
  'limit.3': [
    story(
      HIGH,
      [value(91), NONE],
      [value(NaN), { limit_state: 'High' }],
      [value(-Infinity), { active: true }],
    ),
  ],
  'recover.2': [story({}, [shelveFor(1000), NONE], [pass(3_600_000), { shelving: 'Unshelved' }])],
};
