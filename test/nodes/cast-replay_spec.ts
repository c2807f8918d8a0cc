import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { NodeAPI } from 'node-red';
import castReplay from '../../nodes/cast-replay/cast-replay.js';
import type { StrandConfigNode } from '../../nodes/lib/config-node.js';
import type { ReplayState } from '../../nodes/cast-replay/replay-state.js';
import strandConfig from '../../nodes/strand-config/strand-config.js';
import { castCsv, castFolder, castIndex, removeCastFolders } from '../support/cast-files.js';
import { request } from '../support/http.js';
import {
  collect,
  deploy,
  errorsOf,
  useNodeRed,
  type FlowNode,
  type Message,
} from '../support/node-harness.js';

const START = Date.parse('2026-03-02T06:00:00Z');
const YAML = `
sensors:
  - { name: mold_level, unit: mm, range: [0, 500] }
  - { name: casting_speed, unit: m/min, range: [0, 3] }
`;
const flow = (fields: Readonly<Record<string, unknown>>): FlowNode[] => [
  { id: 'config', type: 'strand-config', source: 'inline', yaml: YAML },
  { id: 'replay', type: 'cast-replay', strandConfig: 'config', wires: [['out'], ['state']], ...fields },
  { id: 'out', type: 'helper' },
  { id: 'state', type: 'helper' },
];

async function run(fields: Readonly<Record<string, unknown>>) {
  const nodeById = await deploy([strandConfig, castReplay], flow(fields));
  return { replay: nodeById('replay'), out: collect(nodeById('out')), state: collect(nodeById('state')) };
}
type Collector = ReturnType<typeof collect>;

async function until(collector: Collector, isIt: (message: Message) => boolean): Promise<Message> {
  for (;;) {
    const message = await collector.next();
    if (isIt(message)) return message;
  }
}
const isState = (wanted: string) => (message: Message) => (message.payload as ReplayState)?.state === wanted;
const isAnswer = (message: Message): boolean => message.answer !== undefined;
const levels = ({ messages }: Collector): unknown[] =>
  messages.map(({ payload }) => (payload as Record<string, unknown>).mold_level);

describe('cast-replay', () => {
  useNodeRed();
  afterEach(removeCastFolders);
  const twoCasts = (): string =>
    castFolder({
      'casts.json': castIndex(
        { id: 'one', heat: 'H1', grade: 'low_c', mold: 'M1', strand: 'strand-1' },
        { id: 'two' },
      ),
      'one.csv': castCsv(5),
      'two.csv': castCsv(5, 200),
    });

  it('starts with the flow and sends what the cast holds, and nothing of the labels', async () => {
    const { out, state } = await run({ folder: twoCasts(), speed: 'unpaced' });
    await until(state, isState('finished'));
    const { _msgid, timings, ...message } = out.messages[1]!;
    assert.equal(typeof _msgid, 'string');
    assert.deepEqual(Object.keys(timings as object), ['entry', 'stages']);
    assert.deepEqual(message, {
      topic: 'strand-1',
      timestamp: START + 1000,
      cast: {
        strand: 'strand-1',
        castId: 'one',
        elapsed: 1,
        heat: 'H1',
        grade: 'low_c',
        mold: 'M1',
        position: 0.02,
      },
      payload: { mold_level: 101, casting_speed: 1.2 },
    });
    assert.deepEqual(levels(out), [100, 101, 102, 103, 104]);
    assert.deepEqual(errorsOf(), []);
  });

  it("takes the configuration's speed when its own field is blank", async () => {
    const nodeById = await deploy(
      [strandConfig, castReplay],
      flow({ folder: twoCasts(), speed: '' }).map((node) =>
        node.id === 'config' ? { ...node, yaml: `streaming: { realtime_factor: 500 }${YAML}` } : node,
      ),
    );
    const { payload } = await until(collect(nodeById('state')), isState('finished'));
    assert.equal((payload as ReplayState).speed, 500);
    // The first change of speed is told before anything else: that must not be too early for the node.
    assert.deepEqual(errorsOf(), []);
  });

  it('waits for start when told so, and answers commands on its second output', async () => {
    const { replay, out, state } = await run({ folder: twoCasts(), speed: 'unpaced', autostart: false });
    replay.receive({ command: 'status' });
    const answer = await until(state, isAnswer);
    assert.deepEqual(answer.answer, { command: 'status', ok: true, result: answer.payload });
    assert.equal((answer.payload as ReplayState).state, 'stopped');
    replay.receive({ command: 'start' });
    await until(state, isState('finished'));
    assert.equal(out.messages.length, 5);
  });

  it('plays several strands in the order of cast time', async () => {
    const { out, state } = await run({ folder: twoCasts(), casts: 's2=two, s1=one', speed: 'unpaced' });
    await until(state, isState('finished'));
    assert.deepEqual(
      out.messages.slice(0, 4).map(({ topic, timestamp }) => [topic, (timestamp as number) - START]),
      [
        ['s2', 0],
        ['s1', 0],
        ['s2', 1000],
        ['s1', 1000],
      ],
    );
  });

  it('loads another cast on command, and lists what there is', async () => {
    const { replay, out, state } = await run({ folder: twoCasts(), speed: 'unpaced', autostart: false });
    replay.receive({ command: 'list-casts' });
    const list = await until(state, isAnswer);
    assert.deepEqual(
      (list.payload as { id: string }[]).map(({ id }) => id),
      ['one', 'two'],
    );
    replay.receive({ command: 'load', payload: 'two' });
    replay.receive({ command: 'start' });
    await until(state, isState('finished'));
    assert.deepEqual(levels(out), [200, 201, 202, 203, 204]);
  });

  it('loads casts that a command gives by strand, the user who gave it being no strand', async () => {
    const { replay, state } = await run({ folder: twoCasts(), speed: 'unpaced', autostart: false });
    replay.receive({ command: 'load', payload: { left: 'two', right: 'one', user: 'me' } });
    const { payload } = await until(state, isAnswer);
    assert.deepEqual(
      (payload as ReplayState).strands.map(({ strand, castId }) => [strand, castId]),
      [
        ['left', 'two'],
        ['right', 'one'],
      ],
    );
  });

  it('loads no file outside its folder on command, unless its form names it', async () => {
    const elsewhere = join(castFolder({ 'own.csv': castCsv(3, 300) }), 'own.csv');
    const secret = join(castFolder({ 'secret.csv': castCsv(3, 400) }), 'secret.csv');
    const fields = { folder: twoCasts(), casts: elsewhere, speed: 'unpaced', autostart: false };
    const { replay, out, state } = await run(fields);
    for (const casts of [secret, `s1=${secret}`, { s1: secret }, [secret]]) {
      replay.receive({ command: 'load', payload: { casts } });
      const { answer } = await until(state, isAnswer);
      assert.match((answer as { message: string }).message, /outside the casts folder/);
    }
    replay.receive({ command: 'load', payload: elsewhere });
    replay.receive({ command: 'start' });
    await until(state, isState('finished'));
    assert.deepEqual(levels(out), [300, 301, 302]);
  });

  it('refuses what it does not know, and goes on', async () => {
    const { replay, state } = await run({ folder: twoCasts(), autostart: false });
    const refused: readonly [Message, code: string][] = [
      [{ command: 'rewind' }, 'COMMAND_UNKNOWN'],
      [{ command: 'seek', payload: 'soon' }, 'FIELD_INVALID'],
      [{ command: 'set-speed', payload: 5000 }, 'FIELD_INVALID'],
      [{ command: 'load', payload: 'nine' }, 'CAST_UNREADABLE'],
      [{ command: 'pause' }, 'COMMAND_REFUSED'],
    ];
    for (const [message, code] of refused) {
      replay.receive(message);
      const { answer } = await until(state, isAnswer);
      assert.equal((answer as { code: string }).code, code);
    }
    assert.equal(errorsOf().length, refused.length);
  });

  it('tells of a folder that is not there, and plays once a cast is loaded from elsewhere', async () => {
    const { replay, out, state } = await run({ folder: '/nowhere/casts', speed: 'unpaced' });
    replay.receive({ command: 'status' });
    await until(state, isAnswer);
    assert.match(errorsOf()[0]!, /\/nowhere\/casts: no such folder/);
    assert.equal(out.messages.length, 0);
  });

  const unusable: readonly [name: string, content: string | Buffer, told: RegExp][] = [
    ['an empty file', '', /empty/],
    ['a binary file', Buffer.from([0, 1, 2, 3]), /binary data/],
    ['a file with other columns', 't,pressure\n0,1\n', /columns of the configured sensors/],
    ['a file without a time', 'mold_level\n1\n', /expected a time column/],
  ];
  for (const [name, content, told] of unusable)
    it(`tells what is wrong with ${name}, and plays the next cast`, async () => {
      const folder = castFolder({ 'bad.csv': content, 'good.csv': castCsv(3) });
      const { replay, out, state } = await run({ folder, casts: 'bad', speed: 'unpaced' });
      replay.receive({ command: 'load', payload: 'bad' });
      const { answer } = await until(state, isAnswer);
      assert.match((answer as { message: string }).message, told);
      assert.match(errorsOf()[0]!, told);
      replay.receive({ command: 'load', payload: 'good' });
      replay.receive({ command: 'start' });
      await until(state, isState('finished'));
      assert.deepEqual(levels(out), [100, 101, 102]);
    });

  it('plays what is left of a truncated cast, and says that its end is missing', async () => {
    const whole = castCsv(100);
    const folder = castFolder({
      'casts.json': castIndex({ id: 'one', duration: 100 }),
      'one.csv': whole.slice(0, whole.indexOf('\n50,') + 4),
    });
    const { out, state } = await run({ folder, speed: 'unpaced' });
    const { payload } = await until(state, isState('finished'));
    const [strand] = (payload as ReplayState).strands;
    assert.equal(out.messages.length, 50);
    assert.deepEqual(strand!.reasons, { 'too-few-columns': { rows: 1, firstLine: 52 } });
    assert.match(strand!.problem!, /ends after 49 s, the index says 100 s/);
  });

  const wrong: readonly [name: string, message: Message, told: RegExp][] = [
    ['no command', { payload: 5 }, /msg.command: expected one of start, pause/],
    ['a command that is a number', { command: 5 }, /msg.command: expected the name of a command/],
    ['a seek without a time', { command: 'seek' }, /seek: expected s of cast time/],
    ['a seek before the start', { command: 'seek', payload: -1 }, /seek: expected a number from 0/],
    ['a speed of null', { command: 'set-speed', payload: null }, /Speed: expected/],
    ['a cast that is a number', { command: 'load', payload: 7 }, /Casts: expected cast ids/],
    [
      'casts that are numbers',
      { command: 'load', payload: { casts: { s1: 7 } } },
      /Casts: expected cast ids/,
    ],
    [
      'half a strand',
      { command: 'load', payload: { casts: 'one', strands: 0.5 } },
      /Strands: expected a whole number/,
    ],
  ];
  for (const [name, message, told] of wrong)
    it(`refuses ${name}, says so once, and goes on`, async () => {
      const { replay, out, state } = await run({ folder: twoCasts(), speed: 'unpaced', autostart: false });
      replay.receive(message);
      replay.receive({ command: 'start' });
      await until(state, isState('finished'));
      assert.equal(errorsOf().length, 1);
      assert.match(errorsOf()[0]!, told);
      assert.equal(out.messages.length, 5);
    });

  it('reads its casts anew when the sensors change, and goes on where it was', async () => {
    const folder = castFolder({ 'one.csv': castCsv(2000) });
    const nodeById = await deploy([strandConfig, castReplay], flow({ folder, speed: 100 }));
    const out = collect(nodeById('out'));
    await out.next();
    const config = nodeById('config') as unknown as StrandConfigNode;
    config.setLive('sensors', [{ name: 'casting_speed', unit: 'm/min', range: [0, 3] }], 'test');
    const { cast } = await until(out, ({ payload }) => !('mold_level' in (payload as object)));
    assert.ok((cast as { elapsed: number }).elapsed < 100);
    assert.deepEqual(errorsOf(), []);
  });

  it('refuses a form that holds something unusable, and says why to every message', async () => {
    const { replay } = await run({ folder: twoCasts(), speed: 'fast' });
    replay.receive({ command: 'start' });
    assert.equal(errorsOf().length, 2);
    for (const error of errorsOf())
      assert.match(error, /Speed: expected a number from 0.1 to 1000, or unpaced/);
  });

  it('falls silent at once when it is closed in the middle of a cast', async () => {
    const { replay, out, state } = await run({
      folder: castFolder({ 'one.csv': castCsv(50_000) }),
      speed: 'unpaced',
    });
    await out.next();
    await replay.close(false);
    const [readings, states] = [out.messages.length, state.messages.length];
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    // What had left before may still be on its way: one turn's batch.
    assert.ok(out.messages.length - readings <= 10);
    assert.ok(state.messages.length - states <= 1);
  });

  it('tells its form which casts a folder has, or why there are none', async () => {
    let http: unknown;
    const served = (RED: NodeAPI): void => {
      http = RED.httpAdmin;
      castReplay(RED);
    };
    await deploy([strandConfig, served], flow({ folder: twoCasts(), autostart: false }));
    const ask = async (folder: string): Promise<{ casts: { id: string }[]; problem: string | null }> =>
      JSON.parse(
        (await request(http, `/strandwatch/casts?folder=${encodeURIComponent(folder)}`)).text,
      ) as Awaited<ReturnType<typeof ask>>;
    const idsIn = async (folder: string): Promise<string[]> => (await ask(folder)).casts.map(({ id }) => id);
    assert.deepEqual(await idsIn(twoCasts()), ['one', 'two']);
    assert.ok((await idsIn('')).includes('sticker'), 'the shipped ones when left blank');
    const { casts, problem } = await ask('/nowhere');
    assert.deepEqual(casts, []);
    assert.match(problem!, /no such folder/);
  });
});
