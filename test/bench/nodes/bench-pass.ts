import type { Node, NodeAPI, NodeDef } from 'node-red';

interface PassDef extends NodeDef {
  /** Messages of which the first is passed on. */
  readonly every: number;
  readonly ways: number;
}

/** A node that passes messages on by all of its outputs: what Node-RED itself costs. */
export default (RED: NodeAPI): void =>
  RED.nodes.registerType('bench-pass', function (this: Node, def: PassDef) {
    RED.nodes.createNode(this, def);
    const { every, ways } = def;
    let count = 0;
    this.on('input', (msg, send, done) => {
      if (count++ % every === 0) send(ways === 2 ? [msg, { ...msg }] : msg);
      done();
    });
  });
