import { createHash } from 'node:crypto';

type Term =
  | { readonly type: 'dc'; readonly value: number }
  | { readonly type: 'sine'; readonly amp: number; readonly freq: number; readonly phase: number }
  | {
      readonly type: 'ring';
      readonly amp: number;
      readonly freq: number;
      readonly decay: number;
      readonly period: number;
    }
  | { readonly type: 'uniform' | 'gauss12'; readonly amp: number };

export interface SignalRecipe {
  readonly fs: number;
  readonly n: number;
  readonly seed: number;
  readonly quant: number | null;
  readonly terms: readonly Term[];
}

/** The samples that a recipe of the vectors' README describes. */
export function signalFrom({ fs, n, seed, quant, terms }: SignalRecipe): Float64Array {
  const uniform = mulberry32(seed);
  return Float64Array.from({ length: n }, (_, i) => {
    let v = 0;
    for (const term of terms) v += termAt(term, i, fs, uniform);
    return quant === null ? v : Math.floor(v * quant + 0.5) / quant;
  });
}

export function digestOf(samples: Float64Array): string {
  const bytes = Buffer.alloc(8 * samples.length);
  samples.forEach((x, i) => bytes.writeDoubleLE(x, 8 * i));
  return createHash('sha256').update(bytes).digest('hex');
}

function termAt(term: Term, n: number, fs: number, uniform: () => number): number {
  switch (term.type) {
    case 'dc':
      return term.value;
    case 'sine':
      return term.amp * Math.sin((2 * Math.PI * term.freq * n) / fs + term.phase);
    case 'ring': {
      const tau = (n % term.period) / fs;
      return term.amp * Math.exp(-term.decay * tau) * Math.sin(2 * Math.PI * term.freq * tau);
    }
    case 'uniform':
      return term.amp * (2 * uniform() - 1);
    case 'gauss12': {
      let sum = 0;
      for (let i = 0; i < 12; i++) sum += uniform();
      return term.amp * (sum - 6);
    }
  }
}

function mulberry32(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = a;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
