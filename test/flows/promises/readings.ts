import { castsAre, get, isState, now, num, some, type ExamplePromise } from './promise.js';

export const readings: Readonly<Record<string, readonly ExamplePromise[]>> = {
  '01-replay-a-cast': [
    {
      says: 'plays at 60 times its speed',
      at: 'sw01-state',
      kept: some((state) => get(state, 'state') === 'playing' && get(state, 'speed') === 60),
    },
    {
      says: 'first output holds one reading',
      at: 'sw01-reading',
      kept: some((reading) => num(reading, 'casting_speed') > 0),
    },
    { says: 'pause holds it', click: 'sw01-pause', at: 'sw01-state', kept: now(isState('paused')) },
    { says: 'start goes on', click: 'sw01-start', at: 'sw01-state', kept: some(isState('playing')) },
    {
      says: '1x plays it as it was cast',
      click: 'sw01-slow',
      at: 'sw01-state',
      kept: some((state) => get(state, 'speed') === 1),
    },
    {
      says: 'go to 1000 s jumps there',
      click: 'sw01-seek',
      at: 'sw01-reading',
      kept: some((_, castS) => castS >= 1000 && castS < 1100),
    },
  ],
  '02-buffer-sensors': [
    {
      says: 'At 840 s of cast time thermocouple tc_l3 goes missing',
      at: 'sw02-reading',
      kept: some(
        (msg, castS) =>
          castS >= 840 &&
          get(msg, 'payload', 'tc_l3') === null &&
          get(msg, 'quality', 'tc_l3') === 'bad.missing',
      ),
    },
    {
      says: 'at 1060 s the mold level is stuck',
      at: 'sw02-reading',
      kept: some(
        (msg, castS) =>
          castS >= 1060 &&
          get(msg, 'payload', 'mold_level') === null &&
          get(msg, 'quality', 'mold_level') === 'bad.stuck',
      ),
    },
    {
      says: 'window of the last ten minutes',
      click: 'sw02-window',
      at: 'sw02-window-answer',
      kept: some((windows) => num(windows, '1', 'length') > 60 && num(windows, '1', 'length') <= 600),
    },
  ],
  '07-feed-your-own-sensors': [
    {
      says: 'two sensors of any plant',
      at: 'sw07-reading',
      kept: some((msg) => num(msg, 'payload', 'mold_level') > 0 && num(msg, 'payload', 'casting_speed') > 0),
    },
    {
      says: 'the level becomes null and msg.quality says bad.out-of-range',
      click: 'sw07-breaks',
      at: 'sw07-reading',
      kept: some(
        (msg) =>
          get(msg, 'payload', 'mold_level') === null &&
          get(msg, 'quality', 'mold_level') === 'bad.out-of-range',
      ),
    },
    {
      says: '"sensor is mended" ends that',
      click: 'sw07-mended',
      at: 'sw07-reading',
      kept: now((msg) => num(msg, 'payload', 'mold_level') > 0),
    },
  ],
  '11-choose-casts': [
    {
      says: 'answers with the casts of the folder',
      click: 'sw11-list',
      at: 'sw11-state',
      kept: some(
        (casts) => Array.isArray(casts) && casts.some((cast: unknown) => get(cast, 'id') === 'crack'),
      ),
    },
    {
      says: 'The load buttons take others',
      click: 'sw11-crack',
      at: 'sw11-state',
      kept: some((state, castS) => castsAre('crack')(state, castS) && get(state, 'speed') === 60),
    },
    {
      says: 'the replay goes on with them',
      at: 'sw11-reading',
      kept: some((msg) => get(msg, 'cast', 'castId') === 'crack'),
    },
    {
      says: 'one per strand',
      click: 'sw11-two',
      at: 'sw11-state',
      kept: some(castsAre('two-strands-1', 'two-strands-2')),
    },
    {
      says: 'as fast as it goes and as it was cast change that',
      click: 'sw11-speed',
      at: 'sw11-state',
      kept: some((state) => get(state, 'speed') === 'unpaced'),
    },
    {
      says: 'as it was cast change that',
      click: 'sw11-real',
      at: 'sw11-state',
      kept: some((state) => get(state, 'speed') === 1),
    },
    {
      says: 'from the start begins again',
      click: 'sw11-reset',
      at: 'sw11-state',
      kept: now((state) => num(state, 'strands', 0, 'position') < 60),
    },
  ],
  '21-take-readings-from-mqtt': [
    {
      says: 'watch the readings come in',
      at: 'sw21-reading',
      kept: some((msg) => get(msg, 'topic') === 'strand-7' && num(msg, 'payload', 'mold_level') >= 100),
    },
  ],
  '22-take-readings-from-opc-ua': [
    {
      says: 'The casting speed, sent once, stays',
      at: 'sw22-reading',
      kept: (seen) =>
        seen.length > 5 &&
        seen
          .slice(1)
          .every(
            ({ value }) =>
              num(value, 'payload', 'casting_speed') === 1.2 &&
              get(value, 'quality', 'casting_speed') === undefined,
          ),
    },
    {
      says: 'superheat is null while its status is bad',
      at: 'sw22-reading',
      kept: some(
        (msg) =>
          get(msg, 'payload', 'superheat') === null && get(msg, 'quality', 'superheat') === 'bad.missing',
      ),
    },
    {
      says: 'and uncertain in msg.quality while that is',
      at: 'sw22-reading',
      kept: some(
        (msg) =>
          num(msg, 'payload', 'superheat') === 25 && get(msg, 'quality', 'superheat') === 'uncertain.held',
      ),
    },
  ],
};
