import assert from 'node:assert/strict';
import type { CommandAnswer, Window } from '../../../nodes/lib/messages.js';
import { errorsOf, useNodeRed, useUserDir } from '../../support/node-harness.js';
import { pipeline, plantReading, saidBy, type Risk } from '../../support/pipeline.js';

/** Names that JavaScript, HTML, a file system, a shell or Prometheus may take for something else. */
const NAMES = [
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'length'],
  ...['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '../../etc/passwd', 'C:\\windows'],
  ...['a\nb', 'a"b\\', '{"a":1}', '%00\u0000', '$(reboot)', '{{constructor}}', 'Stranggießen 🔥'],
];
const SECONDS = 70;
const RISKS = SECONDS / 5 + 1;

describe('a name that means something elsewhere', function () {
  this.timeout(60_000);
  useNodeRed();
  useUserDir();

  it('is a strand like any other: same risks, an alarm of its own, and answers to commands', async () => {
    const { send, next, alarms, answers, windows, nodeById } = await pipeline();
    for (let second = 0; second <= SECONDS; second++)
      for (const strand of ['plain', ...NAMES]) send(plantReading(strand, second));
    const risks = await next(RISKS * (NAMES.length + 1));
    const ofStrand = (strand: string): Risk[] => risks.filter(({ topic }) => topic === strand);
    const plain = ofStrand('plain').map(saidBy);
    assert.equal(plain.length, RISKS);
    for (const name of NAMES) assert.deepEqual(ofStrand(name).map(saidBy), plain, name);

    const alarmed = new Set<unknown>();
    while (alarmed.size < NAMES.length + 1) alarmed.add((await alarms.next()).topic);
    assert.deepEqual([...alarmed].sort(), ['plain', ...NAMES].sort());

    const keysOf = (of: unknown): string[] => Object.keys(of as object).sort();
    nodeById('buffer').receive({ command: 'get-window' });
    assert.deepEqual(keysOf((await windows.next()).payload), ['plain', ...NAMES].sort());
    for (const id of ['b', 's', 'e']) {
      nodeById(id).receive({ command: 'get-history' });
      assert.deepEqual(
        keysOf((await answers.next()).payload),
        ['plain', ...NAMES].sort(),
        `history of ${id}`,
      );
    }
    for (const name of NAMES) {
      nodeById('buffer').receive({ command: 'get-window', topic: name });
      assert.equal(((await windows.next()).payload as Window).length, SECONDS + 1, name);
    }
    nodeById('alerts').receive({ command: 'acknowledge', payload: { user: '<b>me</b>' } });
    assert.equal(((await answers.next()).answer as CommandAnswer).ok, true);
    assert.deepEqual(errorsOf(), []);
    assert.equal(({} as Record<string, unknown>).plain, undefined);
  });

  const places: readonly [place: string, put: (name: string) => object][] = [
    ['a sensor that the configuration lacks', (name) => ({ payload: { [name]: 7 } })],
    ['the id of a cast', (name) => ({ cast: { castId: name } })],
    ['a steel grade', (name) => ({ cast: { castId: '', grade: name } })],
    ['a mold', (name) => ({ cast: { castId: '', mold: name } })],
    ['a property of the message', (name) => ({ [name]: { polluted: true } })],
    ['a quality of an unknown sensor', (name) => ({ quality: { [name]: 'bad' } })],
  ];
  for (const [place, put] of places)
    it(`changes no risk as ${place}`, async () => {
      const { send, next } = await pipeline();
      for (let second = 0; second <= SECONDS; second++) {
        send(plantReading('plain', second));
        for (const [index, name] of NAMES.entries()) {
          // As JSON from a broker would put it there: as an own property, also where it is called __proto__.
          const put_ = JSON.parse(JSON.stringify(put(name))) as { payload?: object };
          const reading = plantReading(`s${index}`, second);
          const payload = Object.assign(Object.create(null) as object, reading.payload, put_.payload ?? {});
          send({ ...reading, ...put_, payload });
        }
      }
      const risks = await next(RISKS * (NAMES.length + 1));
      const plain = risks.filter(({ topic }) => topic === 'plain').map(saidBy);
      for (const [index, name] of NAMES.entries())
        assert.deepEqual(risks.filter(({ topic }) => topic === `s${index}`).map(saidBy), plain, name);
      assert.deepEqual(errorsOf(), []);
      assert.equal(({} as Record<string, unknown>).polluted, undefined);
    });
});
