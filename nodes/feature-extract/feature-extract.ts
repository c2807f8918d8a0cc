import type { Node, NodeAPI, NodeDef } from 'node-red';
import { answerCommand, fail, nodeById, refuseToStart, stamp, unknownCommand } from '../lib/adapter.js';
import { systemClock } from '../lib/clock.js';
import type { StrandConfigNode } from '../lib/config-node.js';
import type { StrandWatchConfig } from '../lib/config/schema.js';
import { asError } from '../lib/errors.js';
import { featureSpecHash } from '../lib/feature-spec.js';
import { followConfig, noConfiguration } from '../lib/follow-config.js';
import { commandFrom, type Command, type WarmUp } from '../lib/messages.js';
import { ThrottledStatus } from '../lib/node-status.js';
import { describePlan } from './feature-catalog.js';
import { FeatureEngine } from './feature-engine.js';
import { parseConfig, type FeatureExtractConfig } from './feature-extract.config.js';
import { planFeatures } from './feature-plan.js';
import { readingIn } from './reading-in.js';
import { resultMessage } from './result-message.js';

const OUTPUTS = 2;
const COMMANDS = ['reset', 'describe'] as const;

export default function register(RED: NodeAPI): void {
  function FeatureExtractNode(this: Node, def: NodeDef): void {
    RED.nodes.createNode(this, def);
    try {
      start(this, parseConfig({ ...def }));
    } catch (err) {
      refuseToStart(this, err);
    }
  }

  function start(node: Node, own: FeatureExtractConfig): void {
    const config = nodeById<StrandConfigNode>(RED, own.strandConfig);
    const status = new ThrottledStatus(node, systemClock);
    let engine: FeatureEngine | null = null;
    let spec = '';
    let problem: Error | null = null;

    /** Looked up when the numbers change: looking words up at each instant cost 4 % of the flow's processor time. */
    let work = { features: -1, strands: -1, text: '' };
    /** Changes with each instant: looked up when it can be seen. */
    let warming = '';
    const showWork = ({ plan, size: strands }: FeatureEngine, strand = '', warmUp?: WarmUp): void => {
      const features = plan.names.length;
      if (work.features !== features || work.strands !== strands)
        work = { features, strands, text: RED._('feature-extract.status.working', { features, strands }) };
      const { text } = work;
      if (warmUp === undefined) return status.show({ fill: 'green', shape: 'dot', text });
      const { seconds, of } = warmUp;
      if (status.isDue('yellow'))
        warming = RED._('feature-extract.status.warming', { strand, seconds: Math.floor(seconds), of });
      status.show({ fill: 'yellow', shape: 'dot', text: `${text} · ${warming}` });
    };

    /** Windows survive a change that the features don't depend on. */
    const adopt = (current: StrandWatchConfig): void => {
      const hash = featureSpecHash(current);
      if (engine !== null && hash === spec) {
        engine.retime(current.streaming);
        engine.judgeBy(current);
      } else engine = new FeatureEngine(planFeatures(current));
      spec = hash;
      problem = null;
      if (engine.size > 0) showWork(engine);
      else status.show({ fill: 'grey', shape: 'ring', text: RED._('feature-extract.status.waiting') });
    };

    followConfig(node, config, (current) => {
      try {
        adopt(withOwnInterval(current, config!, own));
      } catch (err) {
        problem = asError(err);
        status.show({ fill: 'red', shape: 'ring', text: RED._('feature-extract.status.refused') });
        node.error(problem.message);
      }
    });

    node.on('input', (msg, send, done) => {
      try {
        const command = commandFrom(msg);
        if (command !== null) return answerCommand(command, OUTPUTS, send, done, carryOut);
        if (engine === null) throw problem ?? noConfiguration();
        const startedAt = systemClock.mono();
        const reading = readingIn(msg);
        if (engine.accept(reading) === 'due') {
          const strand = engine.of(reading.topic);
          const numbers = strand.numbers();
          const judgement = engine.judge(reading.topic, numbers);
          const features = resultMessage(reading, strand.features(numbers), judgement);
          const sequence = resultMessage(reading, strand.snapshot(), judgement);
          stamp(features.timings, 'feature-extract', startedAt, systemClock);
          stamp(sequence.timings, 'feature-extract', startedAt, systemClock);
          showWork(engine, reading.topic, judgement.warmUp);
          // One by one: of messages sent together Node-RED clones all but the first, and a tensor is cloned float by float.
          send([features, null]);
          send([null, sequence]);
        }
        done();
      } catch (err) {
        fail(err, done);
      }
    });
    node.on('close', () => status.close());

    const carryOut = (command: Command): unknown => {
      if (command.name === 'reset') return engine?.reset(command.strand ?? undefined);
      if (command.name !== 'describe') throw unknownCommand(command, COMMANDS);
      if (engine === null) throw problem ?? noConfiguration();
      return { ...describePlan(engine.plan), featureSpec: spec };
    };
  }

  RED.nodes.registerType('feature-extract', FeatureExtractNode);
}

function withOwnInterval(
  current: StrandWatchConfig,
  node: StrandConfigNode,
  { inferenceInterval }: FeatureExtractConfig,
): StrandWatchConfig {
  const inference_interval = node.resolve<number>('streaming.inference_interval', inferenceInterval);
  return { ...current, streaming: { ...current.streaming, inference_interval } };
}
