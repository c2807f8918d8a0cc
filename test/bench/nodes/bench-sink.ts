import type { Node, NodeAPI, NodeDef } from 'node-red';

/** A node at which messages end; the benchmark listens to its `input`. */
export default (RED: NodeAPI): void =>
  RED.nodes.registerType('bench-sink', function (this: Node, def: NodeDef) {
    RED.nodes.createNode(this, def);
  });
