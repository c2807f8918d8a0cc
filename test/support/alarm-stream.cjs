// Streams alarms and acknowledgements into a journal until it is killed, and says on stdout what it has told the world:
// one JSON line per transition that was stored, written at once. Run as: node alarm-stream.cjs JOURNAL SEED BYTES-PER-FILE
const { writeSync } = require('node:fs');
const { join } = require('node:path');
const nodes = join(__dirname, '..', '..', 'dist', 'nodes');
const room = (file) => require(join(nodes, 'alert-manager', `${file}.js`));
const { AlarmDesk } = room('alarm-desk');
const { AlarmStore } = room('alarm-store');
const { carryOut } = room('commands');
const { restore, snapshotOf } = room('restore');
const { systemClock } = require(join(nodes, 'lib', 'clock.js'));

const [path, seed, maxBytes] = process.argv.slice(2);
let state = Number(seed);
/** Mulberry32. */
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), state | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}

const priority = { warning: 'medium', critical: 'urgent' };
const settings = {
  rules: [
    {
      ...{
        name: 'defect-risk',
        label: 'defect risk',
        source: 'ensemble',
        scoreOf: null,
        sensors: null,
        strands: null,
      },
      limits: [
        { level: 'warning', above: 0.5, deadband: 0.05 },
        { level: 'critical', above: 0.8, deadband: 0.05 },
      ],
      ...{
        onDelayMs: 5,
        offDelayMs: 5,
        priority,
        class: '',
        template: null,
        suppress: new Set(),
        channels: [],
      },
      convention: {
        ...{
          ranks: { warning: 1, critical: 2 },
          latches: false,
          asksConfirmation: false,
          standard: 'isa-18.2',
        },
      },
    },
  ],
  ...{ thresholds: { warning: 0.5, critical: 0.8 }, escalateAfterMs: 0, supervisorAfterMs: 0, reAlarmMs: 0 },
  ...{ shelving: { usualMs: 60_000, longestMs: 60_000 }, firstOutMs: 60_000, inhibits: true },
  nuisance: { chatteringCycles: 3, chatteringMs: 60_000, fleetingMs: 10_000 },
  ...{ latenessMs: 0, maxStrands: 100, history: 100, channels: [], notifiedLevels: [], words: new Map() },
};
const desk = new AlarmDesk();
const fail = (problem) => {
  writeSync(2, `${problem?.message ?? problem}\n`);
  process.exit(3);
};
const store = AlarmStore.open({
  ...{
    path,
    maxBytes: Number(maxBytes),
    keepFiles: 1000,
    maxAgeMs: 86_400_000,
    keepHistory: 100,
    clock: systemClock,
  },
  ...{ snapshot: () => snapshotOf(desk), report: fail, warn: (text) => writeSync(2, `${text}\n`) },
});
restore(desk, store.restored, systemClock.wall(), 100);

function happening() {
  const wall = systemClock.wall();
  const strand = String(Math.floor(random() * 20));
  if (random() < 0.2) {
    const name = ['acknowledge', 'shelve', 'unshelve'][Math.floor(random() * 3)];
    const tools = { desk, settings, wall, setThresholds: () => settings.thresholds };
    try {
      return carryOut({ name, strand, args: { user: 'Ann', comment: 'seen' } }, tools).transitions;
    } catch {
      return [];
    }
  }
  const risk = random() < 0.5 ? 0.1 : random();
  const nothing = { heat: null, grade: null, positionM: null, riskOf: {}, rules: null, quality: null };
  const evidence = {
    strand,
    castId: 'c',
    at: wall,
    kind: 'ensemble',
    risk,
    ...nothing,
    process: null,
    health: null,
    payload: {},
  };
  return desk.assess(evidence, wall, settings);
}

(function stream() {
  for (let burst = 0; burst < 20; burst++) {
    const transitions = happening();
    const watches = desk.watches.takeChanges();
    if (transitions.length === 0 && watches.length === 0) continue;
    store.append(transitions, watches, (stored) => {
      if (!stored) return fail('not stored');
      for (const { event, record, at } of transitions)
        writeSync(1, `${JSON.stringify({ event, id: record.id, state: record.state, wall: at.wall })}\n`);
    });
  }
  setTimeout(stream, 1);
})();
