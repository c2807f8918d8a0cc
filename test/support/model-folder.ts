import { createHash } from 'node:crypto';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const FEATURES = ['a', 'b', 'c', 'd'] as const;

const card = (version: string, sha256: string): string => `format: 1
kind: baseline
name: swapped
version: '${version}'
graph: { file: model.onnx, sha256: ${sha256} }
input: { features: features, names: [${FEATURES.join(', ')}], reference: [0, 0, 0, 0] }
output: { probability: probability }
`;

/** A folder with a baseline model of four features, whose files a test replaces. */
export class ModelFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'strandwatch-model-'));
  readonly cardFile = join(this.path, 'model.yaml');

  constructor(version: string, graph: Uint8Array) {
    this.put(version, graph);
  }

  /** Replaces graph and card, the graph first. */
  put(version: string, graph: Uint8Array, change: (card: string) => string = (text) => text): void {
    this.write('model.onnx', graph);
    const sha256 = createHash('sha256').update(graph).digest('hex');
    this.write('model.yaml', change(card(version, sha256)));
  }

  /** As a careful program replaces a file: at once. */
  write(file: string, content: string | Uint8Array): void {
    writeFileSync(join(this.path, `${file}.new`), content);
    renameSync(join(this.path, `${file}.new`), join(this.path, file));
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
