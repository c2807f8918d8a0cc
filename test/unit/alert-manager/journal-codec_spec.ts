import assert from 'node:assert/strict';
import { AlarmDesk } from '../../../nodes/alert-manager/alarm-desk.js';
import { decodeEntry, encodeEntry, readJournal } from '../../../nodes/alert-manager/journal-codec.js';
import type { Transition } from '../../../nodes/alert-manager/life-cycle.js';
import { acknowledgeAll, evidence, SETTINGS, WALL } from './story.js';

/** Three alarms on three strands: one acknowledged, one active, one over. */
function story(): Transition[] {
  const desk = new AlarmDesk();
  const look = (strand: string, second: number, risk: number) =>
    desk.assess(evidence(second, risk, { strand }), WALL, SETTINGS);
  return [
    ...look('1 – Straße', 0, 0.6),
    ...look('2', 0, 0.9),
    ...acknowledgeAll(desk),
    ...look('2', 5, 0.1),
    ...look('3', 5, 0.7),
  ];
}
const line = (transition: Transition): string => encodeEntry({ kind: 'transition', ...transition });
const read = (text: string | Buffer, keep = 50) => readJournal(Buffer.from(text), keep);
const ids = (records: readonly { id: string }[]): string[] => records.map(({ id }) => id);

describe('the alarm journal', () => {
  it('gives back each alarm as it last was, the open apart from the past', () => {
    const transitions = story();
    const { open, past, damaged } = read(transitions.map(line).join(''));
    assert.deepEqual(ids(open), ['1 – Straße/c1/defect-risk/0', '3/c1/defect-risk/5000']);
    assert.equal(open[0]!.state, 'ACKED');
    assert.deepEqual(past, [transitions.findLast(({ record }) => record.strand === '2')!.record]);
    assert.equal(damaged, 0);
  });

  it('writes lines that are JSON, each with its checksum', () => {
    for (const transition of story()) {
      const parsed = JSON.parse(line(transition)) as Record<string, unknown>;
      assert.equal(parsed.event, transition.event);
      assert.match(String(parsed.crc), /^[0-9a-f]{8}$/);
    }
  });

  it('recovers all before its last line, wherever that was cut', () => {
    const lines = story().map(line);
    const before = Buffer.from(lines.slice(0, -1).join(''));
    const whole = Buffer.from(lines.join(''));
    for (let cut = before.length; cut < whole.length; cut++) {
      const { open, past, goodBytes, damaged } = read(whole.subarray(0, cut));
      assert.equal(goodBytes, before.length, `cut at ${cut}`);
      assert.deepEqual({ open, past, damaged }, { ...contentOf(before), damaged: 0 });
    }
  });

  it('notices every changed byte of a line', () => {
    const bytes = Buffer.from(line(story()[0]!));
    for (let at = 0; at < bytes.length - 1; at++) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 1;
      assert.equal(read(changed).open.length, 0, `byte ${at}`);
    }
  });

  it('passes over a damaged line in between and counts it', () => {
    const [first, ...others] = story().map(line);
    const { open, damaged } = read([first!, 'garbage\n', ...others].join(''));
    assert.equal(damaged, 1);
    assert.equal(open.length, 2);
  });

  it('drops zeros that a power cut left at the end', () => {
    const good = Buffer.from(story().map(line).join(''));
    const { goodBytes, open } = read(Buffer.concat([good, Buffer.alloc(4096)]));
    assert.equal(goodBytes, good.length);
    assert.equal(open.length, 2);
  });

  it('begins anew at a snapshot', () => {
    const [first, ...others] = story();
    const snapshot = encodeEntry({ kind: 'snapshot', open: [others.at(-1)!.record], past: [], watches: [] });
    assert.deepEqual(ids(read(line(first!) + snapshot).open), ['3/c1/defect-risk/5000']);
  });

  it('leaves lines of another format in the file', () => {
    const text = '{"format":3,"kind":"transition"';
    assert.equal(decodeEntry(`${text},"crc":"00000000"}`), null);
    assert.equal(decodeEntry(`${text},"crc":"${crcOf(`${text}}`)}"}`), 'unknown');
  });

  it('keeps only the newest of the past', () => {
    const desk = new AlarmDesk();
    let text = '';
    for (let second = 0; second < 200; second += 10) {
      for (const transition of [
        ...desk.assess(evidence(second, 0.9), WALL, SETTINGS),
        ...acknowledgeAll(desk),
        ...desk.assess(evidence(second + 5, 0.1), WALL, SETTINGS),
      ])
        text += line(transition);
    }
    assert.deepEqual(
      read(text, 2).past.map(({ onset }) => onset),
      [180_000, 190_000],
    );
    assert.deepEqual(read(text, 0).past, []);
  });
});

function contentOf(bytes: Buffer) {
  const { open, past } = readJournal(bytes, 50);
  return { open, past };
}

/** CRC-32 as its definition has it (polynomial 0xEDB88320), bit by bit. */
function crcOf(text: string): string {
  let crc = 0xffffffff;
  for (const byte of Buffer.from(text)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ((crc ^ 0xffffffff) >>> 0).toString(16).padStart(8, '0');
}
