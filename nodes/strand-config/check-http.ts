import type { NodeAPI } from 'node-red';
import { problemsIn } from '../lib/config/read-config.js';

/** `POST /strandwatch/config/check { yaml }` for the editor: every problem of a text, while it is being typed. */
export function serveCheck(RED: NodeAPI): void {
  RED.httpAdmin.post(
    '/strandwatch/config/check',
    RED.auth.needsPermission('strand-config.read'),
    (request, response) => {
      const { yaml } = (request.body ?? {}) as { yaml?: unknown };
      if (typeof yaml !== 'string') {
        response.status(400).json({ message: 'expected { "yaml": "..." }' });
        return;
      }
      response.json({ problems: problemsIn(yaml) });
    },
  );
}
