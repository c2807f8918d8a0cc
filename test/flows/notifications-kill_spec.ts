import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeEntry } from '../../nodes/alert-manager/journal-codec.js';
import { accept, AlarmReceiver } from '../support/alarm-receiver.js';
import { cleanUp, eventually, StrandWatchProcess, temporaryFolder } from '../support/strandwatch-process.js';

/** Kills in one run of the tests; STRANDWATCH_KILLS for more. */
const KILLS = Number(process.env.STRANDWATCH_KILLS ?? 3);

/** Every 20 ms a strand of its own raises an alarm, until the process is killed; without a run there are none. */
const raise = `
  const run = env.get('STRANDWATCH_RUN');
  if (run === '') return null;
  const count = (context.get('count') ?? 0) + 1;
  context.set('count', count);
  const strand = run + '-' + count;
  return {
    topic: strand,
    timestamp: 5000,
    cast: { strand, castId: 'c', elapsed: 5, position: 0.1 },
    payload: { probability: 0.9, method: 'weighted', baseline: null, sequence: null },
    timings: { entry: 0, stages: {} },
  };`;
const yaml = (url: string, logs: string): string => `
sensors:
  - { name: mold_friction, label: Mold friction, unit: kN, range: [0, 60] }
streaming: { max_strands: 10000 }
alerts:
  notification:
    channels: [{ name: mes, type: webhook, url: "${url}" }]
    group_by: [strand]
    rate_limit: 0
logging: { directory: ${JSON.stringify(logs)} }
`;
const flow = (url: string, logs: string): object[] => [
  { id: 'f', type: 'tab', label: 'Alarms' },
  { id: 'c', type: 'strand-config', source: 'inline', yaml: yaml(url, logs), version: 1 },
  { id: 'i', z: 'f', type: 'inject', repeat: '0.02', once: true, props: [], wires: [['g']] },
  { id: 'g', z: 'f', type: 'function', func: raise, outputs: 1, libs: [], wires: [['n']] },
  { id: 'n', z: 'f', type: 'alert-manager', strandConfig: 'c', version: 1, wires: [[], [], []] },
];

describe('notifications while the process is killed', function () {
  this.timeout(60_000 + 60_000 * KILLS);
  cleanUp();
  let receiver: AlarmReceiver;
  after(() => receiver.close());

  it(`all reach the webhook, those on their way again under the same key, after ${KILLS} kills`, async () => {
    const userDir = temporaryFolder();
    receiver = await AlarmReceiver.start();
    writeFileSync(join(userDir, 'flows.json'), JSON.stringify(flow(receiver.url, join(userDir, 'logs'))));
    const onTheirWay: string[] = [];
    for (let kill = 0; kill < KILLS; kill++) {
      const until = receiver.received.length + 3 + ((kill * 17) % 40);
      const system = new StrandWatchProcess({ userDir, environment: { STRANDWATCH_RUN: `r${kill}` } });
      receiver.answer = (response, received) => {
        if (received.length < until) return accept(response, received);
        onTheirWay.push(received.at(-1)!.key);
        receiver.answer = () => undefined;
        system.signal('SIGKILL');
      };
      await system.ready().catch(() => undefined);
      await system.exit();
    }
    receiver.answer = accept;
    const last = new StrandWatchProcess({ userDir, environment: { STRANDWATCH_RUN: '' } });
    await last.ready();
    const raised = strandsRaised(join(userDir, 'logs', 'alarms-n.jsonl'));
    assert.ok(raised.length >= 3 * KILLS);
    await eventually('every alarm of the journal at the webhook', () => {
      const told = new Set(receiver.received.map(({ notification: { strand } }) => strand));
      return raised.every((strand) => told.has(strand));
    });
    assert.equal(await last.stop(), 0);
    const textOf = new Map<string, string>();
    const cameAgain = new Set<string>();
    for (const { key, text } of receiver.received) {
      if (textOf.has(key)) cameAgain.add(key);
      assert.equal(textOf.get(key) ?? text, text, 'another notification under a key that was used');
      textOf.set(key, text);
    }
    assert.equal(onTheirWay.length, KILLS);
    assert.deepEqual(
      onTheirWay.filter((key) => !cameAgain.has(key)),
      [],
    );
  });
});

function strandsRaised(journal: string): readonly string[] {
  return readFileSync(journal, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const entry = decodeEntry(line);
      const isRaised =
        entry !== null && entry !== 'unknown' && entry.kind === 'transition' && entry.event === 'raised';
      return isRaised ? [entry.record.strand] : [];
    });
}
