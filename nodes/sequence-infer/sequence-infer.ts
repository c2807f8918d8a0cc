import type { Node, NodeAPI, NodeDef } from 'node-red';
import { refuseToStart } from '../lib/adapter.js';
import { startInference } from '../lib/inference/inference-node.js';
import { parseConfig } from './sequence-infer.config.js';
import { predictSequence } from './predict-sequence.js';

export default function register(RED: NodeAPI): void {
  function SequenceInferNode(this: Node, def: NodeDef): void {
    RED.nodes.createNode(this, def);
    try {
      startInference(RED, this, parseConfig({ ...def }), {
        type: 'sequence-infer',
        kind: 'sequence',
        makePredictor: predictSequence,
      });
    } catch (err) {
      refuseToStart(this, err);
    }
  }

  RED.nodes.registerType('sequence-infer', SequenceInferNode);
}
