import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixture } from '../support/model-fixtures.js';
import {
  cleanUp,
  eventually,
  metric,
  ROOT,
  StrandWatchProcess,
  temporaryFolder,
} from '../support/strandwatch-process.js';

/** The shipped flow in a user directory, with models that can't be served: one graph is broken, one card missing. */
function withoutModels(): string {
  const shipped = readFileSync(join(ROOT, 'flows', 'strandwatch.json'), 'utf8');
  const cards: Readonly<Record<string, string>> = {
    baseline: fixture('corrupt.yaml'),
    sequence: join(temporaryFolder(), 'model.yaml'),
  };
  const flow = (JSON.parse(shipped) as { type: string; kind?: string }[]).map((node) =>
    node.type === 'onnx-model' ? { ...node, card: cards[node.kind ?? ''] } : node,
  );
  const userDir = temporaryFolder();
  writeFileSync(join(userDir, 'flows.json'), JSON.stringify(flow));
  return userDir;
}

describe('reference flow', function () {
  this.timeout(180_000);
  cleanUp();

  it('turns two strands into readings, predictions of every model and alarms, without a complaint', async () => {
    const system = new StrandWatchProcess({ options: ['--speed', '100'] });
    const address = await system.ready();
    const count = (name: string, labels?: Record<string, string>) => metric(address, name, labels);

    for (const strand of ['1', '2']) {
      const first = await eventually(`readings of strand ${strand}`, () =>
        count('strandwatch_readings_total', { strand }),
      );
      await eventually(
        'more readings',
        async () => (await count('strandwatch_readings_total', { strand })) > first,
      );
    }
    for (const model of ['baseline', 'sequence', 'ensemble'])
      await eventually(`predictions of ${model}`, () => count('strandwatch_predictions_total', { model }));
    await eventually('an alarm', () => count('strandwatch_alarms_raised_total', { level: 'critical' }));

    // Readings that waited for the models to load are late; on a busy machine too late, for the minute that health looks back.
    const health = await eventually('health', async () => {
      const answer = await fetch(`${address}/strandwatch/health`);
      return answer.status === 200 ? answer : null;
    });
    assert.match(health.headers.get('content-type') ?? '', /json/);
    const { status, counts } = (await health.json()) as { status: string; counts: { errors: object } };
    assert.notEqual(status, 'unhealthy');
    assert.deepEqual(counts.errors, {});
    assert.equal(await system.stop(), 0);
    assert.deepEqual(system.complaints, []);
  });

  it('replays as many strands as asked', async () => {
    const system = new StrandWatchProcess({ options: ['--strands', '5', '--speed', 'unpaced'] });
    const address = await system.ready();
    await eventually('five strands', async () => {
      const text = await (await fetch(`${address}/strandwatch/metrics`)).text();
      return text.match(/^strandwatch_readings_total\{/gm)?.length === 5;
    });
    assert.equal(await system.stop(), 0);
    assert.deepEqual(system.complaints, []);
  });

  it('goes on by its rules, and tells so, when neither model can be served', async () => {
    const system = new StrandWatchProcess({ options: ['--speed', '100'], userDir: withoutModels() });
    const address = await system.ready();
    await eventually('an alarm of the rules', () => metric(address, 'strandwatch_alarms_raised_total'));
    const health = await fetch(`${address}/strandwatch/health`);
    const { status, reasons } = (await health.json()) as { status: string; reasons: { code: string }[] };
    assert.equal(status, 'degraded');
    assert.ok(reasons.some(({ code }) => code === 'model-silent'));
    assert.equal(await system.stop(), 0);
  });
});
