import type { NodeAPI, NodeDef } from 'node-red';
import { CauseGate } from '../lib/cause-gate.js';
import { systemClock } from '../lib/clock.js';
import { asError, ConfigError } from '../lib/errors.js';
import type { ModelNews, OnnxModelNode } from '../lib/model-node.js';
import { shipped, userPath } from '../lib/package-paths.js';
import { choiceField } from '../lib/parse-field.js';
import { watchWritten } from '../lib/watched-file.js';
import { serveCard } from './card-http.js';
import { checkedModel, type Wanted } from './checked-model-file.js';
import { ModelKeeper, type Checked, type Vet } from './model-keeper.js';
import { ModelService } from './model-service.js';
import { BACKENDS, parseConfig } from './onnx-model.config.js';
import { ProofsFile, proofsPath } from './proofs-file.js';

/** Takes the place of the node's own choice, for instance to run all tests on WebAssembly. */
const BACKEND_VARIABLE = 'STRANDWATCH_BACKEND';

export default function register(RED: NodeAPI): void {
  serveCard(RED);
  const proofs = new ProofsFile(proofsPath(RED.settings.userDir), (reason) => RED.log.warn(reason));

  function ModelNode(this: OnnxModelNode, def: NodeDef): void {
    RED.nodes.createNode(this, def);
    const service = new ModelService(systemClock);
    const vets = new Set<Vet>();
    const readers = new Set<(news: ModelNews) => void>();
    Object.defineProperties(this, {
      model: { get: () => service.model },
      problem: { get: () => service.problem },
      onChange: { value: (listener: () => void) => service.onChange(listener) },
      onNews: { value: (listener: (news: ModelNews) => void) => included(readers, listener) },
      vet: { value: (check: Vet) => included(vets, check) },
    });
    service.onChange(() => showState(this));
    this.status({ fill: 'grey', shape: 'ring', text: RED._('onnx-model.status.loading') });

    const ending = new AbortController();
    const watches = new Map<string, () => void>();
    const watch = (file: string): void => {
      if (!watches.has(file) && !ending.signal.aborted)
        watches.set(
          file,
          watchWritten(file, systemClock, () => void keeper.look()),
        );
    };
    let wanted: Wanted | null = null;
    const check = async (except: string | null): Promise<Checked | null> => {
      const tools = { clock: systemClock, signal: ending.signal, onGraphFile: watchGraph, proofs };
      // A slip in the form is told like a slip in a file.
      wanted ??= wantedBy(def);
      watch(wanted.cardFile);
      const checked = await checkedModel(wanted, except, tools);
      // Files that were refused and put back as they were.
      if (checked === null) showState(this);
      return checked;
    };
    /** One graph at a time: that of the card as it is now. */
    const watchGraph = (graphFile: string): void => {
      for (const [file, stop] of watches) {
        if (file === graphFile || file === wanted?.cardFile) continue;
        stop();
        watches.delete(file);
      }
      watch(graphFile);
    };
    const gate = new CauseGate(systemClock);
    const tell = (news: ModelNews, error: Error | null): void => {
      showState(this);
      if (error !== null) {
        const text = RED._('onnx-model.status.refused');
        this.status({ fill: 'yellow', shape: 'dot', text: `${nameOf(this)} · ${text}: ${error.message}` });
        if (gate.admit(error) !== undefined) this.warn(`${nameOf(this)} · ${text}: ${error.message}`);
      }
      for (const reader of readers) reader(news);
    };
    const keeper = new ModelKeeper(parsedKind(def), service, { check }, vets, tell, systemClock);
    void keeper.look();

    this.on('close', (done: () => void) => {
      keeper.close();
      ending.abort();
      for (const stop of watches.values()) stop();
      service.close().then(done, (err: unknown) => {
        this.error(asError(err).message);
        done();
      });
    });
  }

  function wantedBy(def: NodeDef): Wanted {
    const own = parseConfig({ ...def });
    const variable = process.env[BACKEND_VARIABLE];
    const cardFile =
      own.card === undefined ? shipped.model(own.kind) : userPath(own.card, RED.settings.userDir ?? '.');
    const backend = choiceField(variable, own.backend, `Environment variable ${BACKEND_VARIABLE}`, BACKENDS);
    return { kind: own.kind, cardFile, backend };
  }

  function showState(node: OnnxModelNode): void {
    const { problem } = node;
    if (problem !== null) {
      node.status({ fill: 'red', shape: 'ring', text: problem.message });
      node.error(problem.message);
    } else if (node.model !== null) {
      node.status({ fill: 'green', shape: 'dot', text: nameOf(node) });
    }
  }

  RED.nodes.registerType('onnx-model', ModelNode);
}

/** What the news are about; a form that can't be read has none. */
function parsedKind(def: NodeDef): ModelNews['kind'] {
  try {
    return parseConfig({ ...def }).kind;
  } catch (err) {
    if (err instanceof ConfigError) return 'baseline';
    throw err;
  }
}

function nameOf({ model }: OnnxModelNode): string {
  return model === null ? '' : `${model.card.name} ${model.card.version} · ${model.backend}`;
}

function included<Item>(set: Set<Item>, item: Item): () => void {
  set.add(item);
  return () => set.delete(item);
}
