import type { NodeAPI, NodeDef } from 'node-red';
import { systemClock } from '../lib/clock.js';
import { asError } from '../lib/errors.js';
import type { OnnxModelNode } from '../lib/model-node.js';
import { shipped, userPath } from '../lib/package-paths.js';
import { choiceField } from '../lib/parse-field.js';
import { serveCard } from './card-http.js';
import { modelFiles } from './model-file.js';
import { loadModel } from './model-loader.js';
import { ModelService } from './model-service.js';
import { BACKENDS, parseConfig, type OnnxModelConfig } from './onnx-model.config.js';
import { openBackend } from './onnx-runtime.js';

/** Takes the place of the node's own choice, for instance to run all tests on WebAssembly. */
const BACKEND_VARIABLE = 'STRANDWATCH_BACKEND';

export default function register(RED: NodeAPI): void {
  serveCard(RED);

  function ModelNode(this: OnnxModelNode, def: NodeDef): void {
    RED.nodes.createNode(this, def);
    const service = new ModelService(systemClock);
    Object.defineProperties(this, {
      model: { get: () => service.model },
      problem: { get: () => service.problem },
      onChange: { value: (listener: () => void) => service.onChange(listener) },
    });
    service.onChange(() => showState(this));
    this.status({ fill: 'grey', shape: 'ring', text: RED._('onnx-model.status.loading') });
    void service.start(load(def));
    this.on('close', (done: () => void) => {
      service.close().then(done, (err: unknown) => {
        this.error(asError(err).message);
        done();
      });
    });
  }

  async function load(def: NodeDef): ReturnType<typeof loadModel> {
    const own = parseConfig({ ...def });
    const backend = choiceField(
      process.env[BACKEND_VARIABLE],
      own.backend,
      `Environment variable ${BACKEND_VARIABLE}`,
      BACKENDS,
    );
    return loadModel(own.kind, cardFile(own), modelFiles, () => openBackend(backend));
  }

  function cardFile({ card, kind }: OnnxModelConfig): string {
    return card === undefined ? shipped.model(kind) : userPath(card, RED.settings.userDir ?? '.');
  }

  function showState(node: OnnxModelNode): void {
    const { model, problem } = node;
    if (problem !== null) {
      node.status({ fill: 'red', shape: 'ring', text: problem.message });
      node.error(problem.message);
    } else if (model !== null) {
      const { name, version } = model.card;
      node.status({ fill: 'green', shape: 'dot', text: `${name} ${version} · ${model.backend}` });
    }
  }

  RED.nodes.registerType('onnx-model', ModelNode);
}
