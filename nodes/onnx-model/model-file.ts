import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { asError, ModelError } from '../lib/errors.js';
import type { ModelFiles } from './model-loader.js';

/** The disk, without ever blocking the event loop. */
export const modelFiles: ModelFiles = {
  async read(file, maxBytes) {
    try {
      const handle = await open(file, 'r');
      try {
        const { size } = await handle.stat();
        if (size > maxBytes) throw tooLarge(file, size, maxBytes);
        return await handle.readFile();
      } finally {
        await handle.close();
      }
    } catch (err) {
      throw err instanceof ModelError ? err : unreadable(file, err);
    }
  },
  sha256: (bytes) => createHash('sha256').update(bytes).digest('hex'),
};

const inMb = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;

function tooLarge(file: string, size: number, maxBytes: number): ModelError {
  return new ModelError(
    'MODEL_INVALID',
    `${file}: expected at most ${inMb(maxBytes)}, got ${inMb(size)}. Is this the right file?`,
  );
}

function unreadable(file: string, cause: unknown): ModelError {
  const error = asError(cause) as NodeJS.ErrnoException;
  return error.code === 'ENOENT'
    ? new ModelError(
        'MODEL_MISSING',
        `${file}: no such file. Choose the model card (model.yaml) in the node.`,
        {
          cause,
        },
      )
    : new ModelError('MODEL_MISSING', `${file}: can't be read: ${error.message}`, { cause });
}
