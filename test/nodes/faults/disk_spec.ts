import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import castReplay from '../../../nodes/cast-replay/cast-replay.js';
import type { ReplayState } from '../../../nodes/cast-replay/replay-state.js';
import type { StrandConfigNode } from '../../../nodes/lib/config-node.js';
import strandConfig from '../../../nodes/strand-config/strand-config.js';
import { castCsv, castFolder, removeCastFolders } from '../../support/cast-files.js';
import {
  collect,
  deploy,
  errorsOf,
  useNodeRed,
  useUserDir,
  type FlowNode,
} from '../../support/node-harness.js';
import { pipeline, pipelineFlow, pipelineYaml, plantReading } from '../../support/pipeline.js';

const SECONDS = 100;

describe('a disk that fails', function () {
  this.timeout(60_000);
  useNodeRed();
  const userDir = useUserDir();
  afterEach(removeCastFolders);

  const logs = (): string => join(userDir(), 'logs');
  const journal = (): string =>
    join(
      logs(),
      readdirSync(logs()).find((file) => file.startsWith('alarms'))!,
    );

  const refusals: readonly [name: string, spoil: () => void, isTold: RegExp][] = [
    [
      'a log folder that can not be made',
      () => writeFileSync(logs(), 'a file where the folder should be'),
      /alarms can't be stored .*free the disk or make the folder writable/,
    ],
    [
      'a read-only place, even for root',
      () => symlinkSync('/proc/self', logs()),
      /alarms can't be stored .*free the disk or make the folder writable/,
    ],
    [
      'a log of predictions on a full disk',
      () => {
        mkdirSync(logs());
        symlinkSync('/dev/full', join(logs(), 'inference.jsonl'));
      },
      /predictions can't be logged .*ENOSPC.*free the disk/,
    ],
  ];
  for (const [name, spoil, isTold] of refusals)
    it(`(${name}) is told once with what to do, and every risk and alarm comes`, async function () {
      if (!existsSync('/dev/full') || !existsSync('/proc/self')) this.skip();
      spoil();
      const { send, next, alarms, nodeById } = await pipeline();
      const warned: string[] = [];
      for (const id of ['b', 's', 'e', 'alerts']) nodeById(id).warn = (text) => warned.push(String(text));
      for (let second = 0; second <= SECONDS; second++) send(plantReading('s1', second));
      const risks = await next(SECONDS / 5 + 1);
      assert.ok(risks.every(({ payload }) => payload.probability !== null));
      const alarm = await alarms.next();
      const told = (): string[] => [...errorsOf(), ...warned].filter((text) => isTold.test(text));
      // The log of predictions is written a few times a second.
      while (told().length === 0) await new Promise((resume) => setTimeout(resume, 20));
      assert.equal(told().length, 1, [...errorsOf(), ...warned].join('\n'));
      if (/alarms/.test(isTold.source))
        assert.equal(alarm.stored, false, 'the alarm says that it is not stored');
    });

  it('(the journal removed while it is written) is told, and the alarm that could not be stored says so', async () => {
    const { send, alarms } = await pipeline();
    for (let second = 0; second <= SECONDS; second++) send(plantReading('s1', second));
    assert.equal((await alarms.next()).stored, true);
    rmSync(journal());
    for (let second = 0; second <= SECONDS; second++) send(plantReading('s2', second));
    let alarm = await alarms.next();
    while (alarm.topic !== 's2') alarm = await alarms.next();
    assert.equal(alarm.stored, false);
    assert.match(errorsOf().join('\n'), /alarms can't be stored \(someone removed the file\)/);
  });

  it('(full, and freed later) lets alarms out as not stored, says so once, and has all of them on the disk in the end', async function () {
    if (!existsSync('/dev/full')) this.skip();
    const { send, alarms } = await pipeline();
    const path = journal();
    rmSync(path);
    symlinkSync('/dev/full', path);
    for (let second = 0; second <= SECONDS; second++) send(plantReading('s1', second));
    const alarm = await alarms.next();
    assert.equal(alarm.stored, false);
    assert.match(errorsOf().join('\n'), /alarms can't be stored \(ENOSPC.*free the disk/);
    assert.equal(errorsOf().filter((text) => text.includes("can't be stored")).length, 1);
    rmSync(path);
    writeFileSync(path, '');
    // The disk is tried again every 10 s.
    const { id } = alarm.payload as { id: string };
    while (!readFileSync(path, 'utf8').includes(id)) await new Promise((resolve) => setTimeout(resolve, 200));
  });

  const CAST_S = 50_000;
  const castFaults: readonly [
    name: string,
    spoil: (path: string) => void,
    holds: (state: ReplayState) => void,
  ][] = [
    [
      'truncated',
      (path) => truncateSync(path, 1_000_000),
      ({ strands: [strand], sent }) => {
        assert.ok(sent < CAST_S);
        assert.match(
          strand!.problem ?? '',
          /long\.csv: reading stopped after line \d+: the file was truncated while it was replayed: it had \d+ bytes, now it ends after \d+\. Load it again/,
        );
      },
    ],
    [
      'emptied',
      (path) => truncateSync(path, 0),
      ({ strands: [strand], sent }) => {
        assert.ok(sent < CAST_S);
        assert.match(strand!.problem ?? '', /the file was truncated while it was replayed/);
      },
    ],
    [
      'replaced by another file',
      (path) => {
        writeFileSync(`${path}.new`, 't,mold_level\n0,999\n');
        renameSync(`${path}.new`, path);
      },
      ({ strands: [strand], sent }) => {
        assert.equal(sent, CAST_S, 'the cast that was begun is played to its end');
        assert.equal(strand!.problem, null);
      },
    ],
    ['removed', (path) => rmSync(path), ({ sent }) => assert.equal(sent, CAST_S)],
  ];
  for (const [name, spoil, holds] of castFaults)
    it(`(a cast ${name} while it is replayed) invents no reading, says what is missing, and plays the next cast`, async () => {
      const folder = castFolder({ 'long.csv': castCsv(CAST_S), 'next.csv': castCsv(3, 200) });
      const yaml = 'sensors: [{ name: mold_level, unit: mm, range: [0, 1000000] }]';
      const flow: FlowNode[] = [
        { id: 'config', type: 'strand-config', source: 'inline', yaml },
        {
          ...{ id: 'replay', type: 'cast-replay', strandConfig: 'config', folder, casts: 'long', batch: 100 },
          ...{ speed: 'unpaced', wires: [['out'], ['state']] },
        },
        { id: 'out', type: 'helper' },
        { id: 'state', type: 'helper' },
      ];
      const nodeById = await deploy([strandConfig, castReplay], flow);
      const [out, state] = [collect(nodeById('out')), collect(nodeById('state'))];
      for (let i = 0; i < 1000; i++) await out.next();
      spoil(join(folder, 'long.csv'));
      const finished = async (): Promise<ReplayState> => {
        for (;;) {
          const { payload, answer } = await state.next();
          if (answer === undefined && (payload as ReplayState).state === 'finished')
            return payload as ReplayState;
        }
      };
      holds(await finished());
      const levels = out.messages.map(({ payload }) => (payload as { mold_level: number }).mold_level);
      levels.forEach((level, second) =>
        assert.equal(level, 100 + second, 'what the file held, in its order'),
      );
      const before = out.messages.length;
      nodeById('replay').receive({ command: 'load', payload: 'next' });
      nodeById('replay').receive({ command: 'start' });
      await finished();
      assert.deepEqual(
        out.messages.slice(before).map(({ payload }) => (payload as { mold_level: number }).mold_level),
        [200, 201, 202],
      );
    });

  it('(a configuration broken while the flow runs) keeps the good one in force, says line and key, takes the mended one', async () => {
    const path = join(userDir(), 'plant.yaml');
    writeFileSync(path, pipelineYaml());
    const config = { id: 'config', type: 'strand-config', source: 'file', file: path };
    const { send, next, nodeById } = await pipeline('', [config, ...pipelineFlow('').slice(1)]);
    const node = nodeById('config') as unknown as StrandConfigNode;
    const changed = (): Promise<void> => new Promise((resolve) => void node.onChange(() => resolve()));
    const complained = new Promise<string>((resolve) => {
      nodeById('config').error = (text: unknown) => resolve(String(text));
    });
    for (let second = 0; second < 50; second++) send(plantReading('s1', second));
    writeFileSync(path, pipelineYaml().replace('inference_interval: 5', 'inference_interval: soon'));
    assert.match(
      await complained,
      /plant\.yaml:\d+ streaming\.inference_interval: expected a number.*"soon"/,
    );
    for (let second = 50; second <= SECONDS; second++) send(plantReading('s1', second));
    const risks = await next(SECONDS / 5 + 1);
    assert.deepEqual(
      risks.map(({ timestamp }) => timestamp / 5000),
      risks.map((_, index) => index),
    );
    const mended = changed();
    writeFileSync(path, pipelineYaml().replace('inference_interval: 5', 'inference_interval: 10'));
    await mended;
    assert.equal(node.current!.streaming.inference_interval, 10);
  });
});
