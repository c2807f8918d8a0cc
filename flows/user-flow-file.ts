import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** What became of the user's copy of the shipped flow. */
export type FlowOutcome = 'copied' | 'unchanged' | 'updated' | 'kept';

/** Name of the user's flow in the user directory. */
export const FLOW_FILE = 'flows.json';

/** Beside it: a fingerprint of the shipped flow that it was copied from. */
const ORIGIN_FILE = '.flows-origin.json';

/**
 * Puts the shipped flow into the user directory, where edits belong.
 * A later version of the shipped flow replaces the copy only while nobody has edited it:
 * a flow whose origin isn't known counts as edited, and `kept` means that it differs from what is shipped.
 */
export function provideFlow(shippedFile: string, userDir: string): FlowOutcome {
  mkdirSync(userDir, { recursive: true });
  const userFile = join(userDir, FLOW_FILE);
  const shipped = readFileSync(shippedFile);
  const shippedPrint = fingerprint(shipped);
  if (!existsSync(userFile)) {
    copyFlow(shipped, shippedPrint, userDir);
    return 'copied';
  }
  const userPrint = fingerprint(readFileSync(userFile));
  if (userPrint === shippedPrint) return 'unchanged';
  const originPrint = originIn(userDir);
  if (userPrint === originPrint) {
    copyFlow(shipped, shippedPrint, userDir);
    return 'updated';
  }
  return originPrint === shippedPrint ? 'unchanged' : 'kept';
}

/** Whole files only: a crash in between leaves the old flow, never half a new one. */
function copyFlow(flow: Buffer, print: string, userDir: string): void {
  const write = (name: string, content: Buffer | string): void => {
    const temporary = join(userDir, `.${basename(name)}.new`);
    writeFileSync(temporary, content);
    renameSync(temporary, join(userDir, name));
  };
  write(ORIGIN_FILE, `${JSON.stringify({ sha256: print })}\n`);
  write(FLOW_FILE, flow);
}

function originIn(userDir: string): string | null {
  try {
    const origin: unknown = JSON.parse(readFileSync(join(userDir, ORIGIN_FILE), 'utf8'));
    const sha256 = (origin as { sha256?: unknown } | null)?.sha256;
    return typeof sha256 === 'string' ? sha256 : null;
  } catch {
    return null;
  }
}

/** Of the content, not the layout: Node-RED writes a flow it was handed with its own indentation. */
function fingerprint(json: Buffer): string {
  let content = json.toString('utf8');
  try {
    content = JSON.stringify(JSON.parse(content));
  } catch {
    // Not JSON: Node-RED will say so; here it counts as edited.
  }
  return createHash('sha256').update(content).digest('hex');
}
