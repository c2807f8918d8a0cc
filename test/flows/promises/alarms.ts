import {
  duringSticker,
  get,
  isEvent,
  length,
  matches,
  num,
  some,
  told,
  type ExamplePromise,
} from './promise.js';

export const alarms: Readonly<Record<string, readonly ExamplePromise[]>> = {
  '08-raise-an-alarm': [
    {
      says: 'within a minute of cast time after the sticker begins',
      at: 'sw08-alarm',
      kept: some((msg, castS) => isEvent('raised')(msg, castS) && duringSticker(castS)),
    },
    { says: 'what people should be told', at: 'sw08-notification', kept: some(matches(/defect risk \d+ %/)) },
    {
      says: 'get-alarms lists what is open',
      click: 'sw08-list',
      at: 'sw08-answers',
      kept: some((alarms) => length(alarms) === 1),
    },
    { says: 'returned-to-normal', at: 'sw08-alarm', kept: some(isEvent('returned-to-normal')) },
    {
      says: 'then acknowledge it',
      click: 'sw08-acknowledge',
      at: 'sw08-alarm',
      kept: some(isEvent('acknowledged')),
    },
    {
      says: 'lower thresholds warns earlier from then on',
      click: 'sw08-thresholds',
      at: 'sw08-answers',
      kept: some((answer) => num(answer, 'warning') === 0.3),
    },
  ],
  '15-alarm-on-bad-sensors': [
    {
      says: 'Thermocouple tc_l3 drops out at 840 s: the warning follows',
      at: 'sw15-alarm',
      kept: some(
        (alarm, castS) =>
          castS >= 860 &&
          castS < 900 &&
          get(alarm, 'level') === 'warning' &&
          get(alarm, 'message') === 'Strand 1: 1 of 8 thermocouples bad',
      ),
    },
    {
      says: 'is over when the sensor is back',
      at: 'sw15-alarm',
      kept: some((alarm, castS) => castS >= 930 && get(alarm, 'state') === 'RTNUN'),
    },
    {
      says: 'the alarm tells of faulty thermocouples',
      at: 'sw15-notification',
      kept: some(matches(/thermocouples bad/)),
    },
    {
      says: 'get-alarms lists what is open',
      click: 'sw15-list',
      at: 'sw15-answers',
      kept: some((alarms) => length(alarms) >= 1),
    },
  ],
  '16-shelve-an-alarm': [
    { says: 'wait for the alarm', at: 'sw16-alarm', kept: some(isEvent('raised')) },
    {
      says: 'shelve takes the alarms of strand 1 off the list for a time',
      click: 'sw16-shelve',
      at: 'sw16-alarm',
      kept: some(
        (msg, castS) =>
          isEvent('shelved')(msg, castS) && get(msg, 'comment') === 'thermocouple is being changed',
      ),
    },
    {
      says: 'unshelve brings them back',
      click: 'sw16-unshelve',
      at: 'sw16-alarm',
      kept: some(isEvent('unshelved')),
    },
    {
      says: 'get-alarms lists what is open',
      click: 'sw16-list',
      at: 'sw16-answers',
      kept: some((alarms) => length(alarms) >= 1),
    },
    {
      says: 'in the journal, which export reads',
      click: 'sw16-export',
      at: 'sw16-answers',
      kept: some((answer) => ['raised', 'shelved', 'unshelved'].every((event) => told(answer, event))),
    },
  ],
  '17-tell-people': [
    {
      says: 'payload a sentence',
      at: 'sw17-shift',
      kept: some(matches(/^Strand 1: defect risk \d+ % .*likely longitudinal crack/)),
    },
    {
      says: 'topic is a subject line',
      at: 'sw17-maintenance',
      kept: some(matches(/^(Warning|Critical) alarm: Strand 1$/)),
    },
  ],
  '19-watch-two-strands': [
    {
      says: 'an oscillation fault at 960 s on strand 1',
      at: 'sw19-one',
      kept: some((sentence, castS) => castS >= 960 && matches(/^Strand 1: .*oscillation/)(sentence, castS)),
    },
    {
      says: 'a sticker at 1200 s on strand 2',
      at: 'sw19-two',
      kept: some((sentence, castS) => castS >= 1200 && matches(/^Strand 2: .*sticker/)(sentence, castS)),
    },
  ],
  '23-notify-by-e-mail': [
    {
      says: 'The risk crosses the threshold shortly after 1080 s of cast time',
      at: 'sw23-alarm',
      kept: some((alarm, castS) => duringSticker(castS) && get(alarm, 'state') === 'UNACK'),
    },
    {
      says: 'until somebody acknowledges the alarm',
      click: 'sw23-acknowledge',
      at: 'sw23-alarm',
      kept: some((alarm) => get(alarm, 'acknowledgement', 'by') === 'me'),
    },
  ],
};
