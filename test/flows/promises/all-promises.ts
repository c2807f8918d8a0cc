import { alarms } from './alarms.js';
import { models } from './models.js';
import type { ExamplePromise } from './promise.js';
import { readings } from './readings.js';
import { watching } from './watching.js';

/** By file of `examples/`, in the order in which a reader tries it. */
export const examplePromises: Readonly<Record<string, readonly ExamplePromise[]>> = {
  ...readings,
  ...models,
  ...alarms,
  ...watching,
};
