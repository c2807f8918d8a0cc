import assert from 'node:assert/strict';
import { readConfig } from '../../../../nodes/lib/config/read-config.js';
import { notifySettings, type Channel } from '../../../../nodes/alert-manager/notify/channel.js';

const { alerts } = readConfig(
  `
sensors: [{ name: mold_level, unit: mm, range: [0, 200] }]
alerts:
  rules:
    - { name: defect-risk }
    - { name: sticker, source: rule, rule: sticker, channels: [mail, pager] }
  inhibit: false
  notification:
    channels:
      - mail
      - { name: book, type: log, levels: [critical], strands: ["2"] }
      - { name: mes, type: webhook, url: "https://mes.example/a", token_env: MES_TOKEN, timeout: 5, resolved: false }
    levels: [warning, critical]
    group_by: [strand]
    group_wait: 1
    group_interval: 2
    repeat_interval: 3
    rate_limit: 4
rules:
  list:
    - { name: sticker, mechanism: sticker, feature: mold_level.mean.60s, points: [[1, 0], [2, 1]] }
`,
  'plant.yaml',
).config;
const configured = notifySettings(alerts, alerts.notification.channels);
const find = (name: string, channels: readonly Channel[] = configured.channels): Channel =>
  channels.find((channel) => channel.name === name)!;

describe('the channels of notifications', () => {
  it('are those of the file, and those that only a rule names, for its alarms', () => {
    assert.deepEqual(
      configured.channels.map(({ name, type, isOnRequest }) => [name, type, isOnRequest]),
      [
        ['mail', 'message', false],
        ['book', 'log', false],
        ['mes', 'webhook', false],
        ['pager', 'message', true],
      ],
    );
    assert.deepEqual([configured.ratePerMinute, configured.inhibit], [4, false]);
  });

  it('can be chosen by name in the node; a name of no channel is one of type message', () => {
    const { channels } = notifySettings(alerts, ['mes', 'sms']);
    assert.deepEqual(
      channels.map(({ name, type, isOnRequest }) => [name, type, isOnRequest]),
      [
        ['mes', 'webhook', false],
        ['sms', 'message', false],
        ['mail', 'message', true],
        ['pager', 'message', true],
      ],
    );
  });

  it('have times in ms', () => {
    const { groupWaitMs, groupIntervalMs, repeatIntervalMs, groupBy } = find('mail').route;
    assert.deepEqual([groupWaitMs, groupIntervalMs, repeatIntervalMs], [1000, 2000, 3000]);
    assert.deepEqual(groupBy, ['strand']);
    assert.deepEqual(find('mes').webhook, {
      url: 'https://mes.example/a',
      tokenEnv: 'MES_TOKEN',
      timeoutMs: 5000,
    });
  });

  it('tell machines of the return to normal and spare people, unless it is said otherwise', () => {
    const resolved = configured.channels.map(({ name, route }) => [name, route.sendResolved]);
    assert.deepEqual(Object.fromEntries(resolved), { mail: false, book: true, mes: false, pager: false });
  });

  it('take levels, classes and strands of their own, or all', () => {
    assert.deepEqual([find('book').levels, find('book').strands], [['critical'], ['2']]);
    assert.deepEqual([find('mail').levels, find('mail').strands], [['warning', 'critical'], null]);
  });
});
