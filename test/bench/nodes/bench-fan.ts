import type { Node, NodeAPI, NodeDef, NodeMessage } from 'node-red';

interface FanDef extends NodeDef {
  readonly sensors: readonly string[];
  readonly topics: readonly string[];
}

/** Hands each sensor's value to the nodes that want it, one by topic: a function node would be slower. */
export default (RED: NodeAPI): void =>
  RED.nodes.registerType('bench-fan', function (this: Node, def: FanDef) {
    RED.nodes.createNode(this, def);
    const { sensors, topics } = def;
    this.on('input', (msg, send, done) => {
      const payload = msg.payload as Record<string, number>;
      const out: NodeMessage[] = [];
      for (const sensor of sensors) for (const topic of topics) out.push({ topic, payload: payload[sensor] });
      send(out);
      done();
    });
  });
