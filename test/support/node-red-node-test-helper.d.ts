declare module 'node-red-node-test-helper' {
  import type { Node } from 'node-red';
  interface LogEntry {
    readonly level: number;
    readonly msg: unknown;
    readonly id?: string;
  }
  const helper: {
    init(runtimePath: string, settings?: object): void;
    startServer(): Promise<void>;
    stopServer(): Promise<void>;
    load(types: unknown, flow: unknown): Promise<void>;
    /** Merged with the runtime's settings for the flows loaded from now on. */
    settings(change: Readonly<Record<string, unknown>>): unknown;
    unload(): Promise<void>;
    getNode(id: string): Node;
    log(): {
      readonly args: readonly (readonly [LogEntry])[];
      readonly FATAL: number;
      readonly ERROR: number;
      readonly WARN: number;
    };
    request(): unknown;
    url(): string;
  };
  export = helper;
}
