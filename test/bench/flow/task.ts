/** What the worker is asked, as JSON in its first argument. */
export interface FlowTask {
  readonly flow: 'pipeline' | 'empty';
  /** `calm` for simulated casts without any trouble, or a shipped cast. */
  readonly cast: string;
  readonly strands: number;
  /** Cast seconds of each strand; the first `warmUp` of them don't count. */
  readonly seconds: number;
  readonly warmUp: number;
  /** Cast seconds per second; 0 = as fast as the flow takes them. */
  readonly speed: number;
  /** s of cast time between two predictions. */
  readonly inferenceInterval: number;
  /** Also counts what is allocated, which takes time of its own. */
  readonly countsAllocations?: boolean;
}

/** What it answers, as JSON on its standard output. */
export interface FlowResult {
  readonly readings: number;
  readonly predictions: number;
  readonly alarms: number;
  /** From the start of the process to the first judgement, ms. */
  readonly startUpMs: number;
  /** From the first reading to the last thing that any node did, ms. */
  readonly ms: number;
  /** Processor time of the process meanwhile, ms. */
  readonly cpuMs: number;
  /** From the entry of a reading to the end of its judgement, ms, at 0.5 and 0.99 of them; and to the alarm that it caused. */
  readonly judged: readonly [number, number];
  readonly alarmed: readonly [number, number];
  /** Longest time that the event loop was held up, ms. */
  readonly longestBlock: number;
  /** Allocated on the JavaScript heap meanwhile, bytes; null unless counted. */
  readonly allocated: number | null;
  /** JavaScript heap and buffers of the strands together, bytes. */
  readonly strandBytes: number;
}
