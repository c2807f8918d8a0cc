import assert from 'node:assert/strict';
import { readConfig } from '../../../../nodes/lib/config/read-config.js';

/** What `readConfig` says of a list of channels whose first one stands in line 6. */
function complaintOf(...channels: readonly string[]): string {
  const items = channels.map((channel) => `      - ${channel}`).join('\n');
  const text = `sensors:
  - { name: mold_level, unit: mm, range: [0, 200] }
alerts:
  notification:
    channels:
${items}
`;
  try {
    readConfig(text, 'plant.yaml');
  } catch (err) {
    return (err as Error).message;
  }
  return 'accepted';
}
const webhook = (fields: string): string => `{ name: mes, type: webhook, ${fields} }`;
const URL = 'url: "https://mes.example/a"';

describe('alerts.notification.channels', () => {
  it('takes names, and channels in full', () => {
    assert.equal(
      complaintOf(
        'mail',
        '{ name: sms, levels: [critical], resolved: true }',
        '{ name: book, type: log, strands: ["1"] }',
        webhook(`${URL}, token_env: MES_TOKEN, timeout: 5`),
      ),
      'accepted',
    );
  });

  const rows: readonly [name: string, channels: readonly string[], path: string, expected: string][] = [
    [
      'a type that is misspelled',
      ['{ name: mes, type: webhok }'],
      '6 [0].type',
      'expected one of message, log, webhook, got "webhok". Did you mean "webhook"?',
    ],
    [
      'a webhook without a URL',
      ['mail', '{ name: mes, type: webhook }'],
      '7 [1].url',
      'missing; expected a text.',
    ],
    [
      'a URL for a log',
      [`{ name: mes, type: log, ${URL} }`],
      '6 [0].url',
      'unknown key. It goes with type: webhook only.',
    ],
    [
      'a key that is misspelled',
      ['{ name: mail, level: [critical] }'],
      '6 [0].level',
      'unknown key. Did you mean "levels"?',
    ],
    [
      'a level that does not exist',
      ['{ name: mail, levels: [fatal] }'],
      '6 [0].levels[0]',
      'expected one of warning, critical, got "fatal".',
    ],
    [
      'a time-out of nothing',
      [webhook(`${URL}, timeout: 0`)],
      '6 [0].timeout',
      'expected a number above 0 and up to 60, got 0.',
    ],
    ['what is no channel', ['7'], '6 [0]', 'expected a text or a mapping of keys, got 7.'],
    [
      'a name that is taken',
      ['mail', '{ name: mail, type: log }'],
      '7 [1]',
      '"mail" is already the name of a channel.',
    ],
    [
      'another protocol',
      [webhook('url: "file:///etc/passwd"')],
      '6 [0].url',
      'expected http or https, got file.',
    ],
    [
      'a URL of no form',
      [webhook('url: mes')],
      '6 [0].url',
      'expected a URL such as https://mes.example/alarms.',
    ],
    [
      'a password in the URL, without repeating it',
      [webhook('url: "https://ann:hunter2@mes.example"')],
      '6 [0].url',
      'expected no user and password in the URL: put a token into the environment and name it in token_env.',
    ],
    [
      'a token in the file, without repeating it',
      [webhook(`${URL}, token: hunter2`)],
      '6 [0].token',
      'unknown key. Known keys: name, levels, classes, strands, resolved, type, url, token_env, timeout.',
    ],
    [
      'a token for the name of a variable, without repeating it',
      [webhook(`${URL}, token_env: hunter-2`)],
      '6 [0].token_env',
      'expected the name of an environment variable, such as MES_TOKEN, not the token itself.',
    ],
  ];
  for (const [name, channels, path, expected] of rows)
    it(`refuses ${name}`, () => {
      const [line, place] = path.split(' ');
      assert.equal(
        complaintOf(...channels),
        `plant.yaml:${line} alerts.notification.channels${place}: ${expected}`,
      );
    });
});
