import type { NodeAPI } from 'node-red';
import { nodeById } from '../lib/adapter.js';
import type { ModelCard } from '../lib/model-card.js';
import type { OnnxModelNode } from '../lib/model-node.js';

/**
 * What the form shows of the model in service, under Node-RED's admin root and its permissions:
 * `GET strandwatch/model/:id/card` answers with `card` (null without a model), `backend` and
 * `problem`; all three are left out while the node isn't deployed, for its form is often opened before.
 */
export function serveCard(RED: NodeAPI): void {
  const { httpAdmin, auth } = RED;
  httpAdmin.get(
    '/strandwatch/model/:id/card',
    auth.needsPermission('onnx-model.read'),
    (request, response) => {
      const { id } = request.params;
      const node = typeof id === 'string' ? nodeById<OnnxModelNode>(RED, id) : null;
      if (node?.type !== 'onnx-model') return void response.json({});
      const { model, problem } = node;
      response.json({
        card: model === null ? null : shownCard(model.card),
        backend: model?.backend ?? null,
        problem: problem?.message ?? null,
      });
    },
  );
}

/** The card without its long lists: names of the inputs, their normal ranges, reference values. */
const shownCard = (card: ModelCard) => ({
  name: card.name,
  version: card.version,
  kind: card.kind,
  description: card.description ?? null,
  inputs: card.input.names.length,
  mechanisms: card.mechanisms ?? [],
  threshold: card.threshold ?? null,
  thresholds: card.thresholds,
  training: card.training,
  metrics: card.metrics,
});

export type ShownCard = ReturnType<typeof shownCard>;
