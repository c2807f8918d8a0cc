import { readFile } from 'node:fs/promises';
import { arch, cpus, platform } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../lib/package-paths.js';
import type { Backend } from './backend.js';
import type { Golden } from './golden.js';
import { modelFiles } from './model-file.js';

/** What a proof depends on; where any of it differs, it says nothing. */
export interface ProofBasis {
  /** Of card and graph. */
  readonly fingerprint: string;
  readonly golden: Golden | null;
  readonly engine: Pick<Backend, 'name' | 'version'>;
  readonly surroundings: readonly string[];
}

export const proofKey = ({ fingerprint, golden, engine, surroundings }: ProofBasis): string => {
  const basis = [fingerprint, golden, engine.name, engine.version, surroundings];
  return modelFiles.sha256(Buffer.from(JSON.stringify(basis)));
};

/** Lines of `/proc/cpuinfo` that tell one kind of processor from another, on x86, ARM and RISC-V; engines choose kernels by them. */
const PROCESSOR =
  /^(vendor_id|cpu family|model|model name|stepping|flags|features|cpu (implementer|architecture|variant|part|revision)|isa|uarch)\s*:/i;

/** This package, Node (its V8 compiles WebAssembly), and the processors of this machine. */
export async function surroundings(): Promise<readonly string[]> {
  const { version } = JSON.parse(await readFile(join(packageRoot(), 'package.json'), 'utf8')) as {
    version: string;
  };
  return [version, process.version, platform(), arch(), ...(await processors())];
}

async function processors(): Promise<readonly string[]> {
  try {
    const lines = (await readFile('/proc/cpuinfo', 'utf8'))
      .split('\n')
      .filter((line) => PROCESSOR.test(line));
    return [...new Set(lines)];
  } catch {
    return [...new Set(cpus().map(({ model }) => model))];
  }
}
