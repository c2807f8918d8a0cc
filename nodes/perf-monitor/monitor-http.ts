import type { NodeAPI } from 'node-red';
import type { Registry } from 'prom-client';
import { asError } from '../lib/errors.js';
import type { Snapshot } from './vitals.js';

/** What the endpoints show; null while no perf-monitor is deployed. */
export interface MonitorView {
  readonly registry: Registry;
  snapshot(): Snapshot;
}

/**
 * Puts `GET /strandwatch/metrics` and `GET /strandwatch/health` under Node-RED's HTTP root. To be called once per
 * runtime: Express has no way to take a route back, so that both pass the request on while `view` gives null.
 */
export function serveMonitor(app: NodeAPI['httpNode'], view: () => MonitorView | null): void {
  app.get('/strandwatch/metrics', (_request, response, next) => {
    const monitor = view();
    if (monitor === null) return next();
    monitor.registry.metrics().then(
      (text) => response.type(monitor.registry.contentType).send(text),
      (err: unknown) => next(asError(err)),
    );
  });
  app.get('/strandwatch/health', (_request, response, next) => {
    const monitor = view();
    if (monitor === null) return next();
    const { health, ...figures } = monitor.snapshot();
    response.status(health.status === 'unhealthy' ? 503 : 200).json({ ...health, ...figures });
  });
}
