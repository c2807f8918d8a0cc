import type { Node, NodeAPI, NodeDef } from 'node-red';

/** A node by which the benchmark sends. */
export default (RED: NodeAPI): void =>
  RED.nodes.registerType('bench-source', function (this: Node, def: NodeDef) {
    RED.nodes.createNode(this, def);
  });
