import type { Node, NodeAPI, NodeDef } from 'node-red';
import { refuseToStart } from '../lib/adapter.js';
import { startInference } from '../lib/inference/inference-node.js';
import { parseConfig } from './baseline-infer.config.js';
import { predictBaseline } from './predict-baseline.js';

export default function register(RED: NodeAPI): void {
  function BaselineInferNode(this: Node, def: NodeDef): void {
    RED.nodes.createNode(this, def);
    try {
      startInference(RED, this, parseConfig({ ...def }), {
        type: 'baseline-infer',
        kind: 'baseline',
        makePredictor: predictBaseline,
      });
    } catch (err) {
      refuseToStart(this, err);
    }
  }

  RED.nodes.registerType('baseline-infer', BaselineInferNode);
}
