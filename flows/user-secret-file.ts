import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SECRET_FILE = '.credential-secret';
const CREDENTIALS_FILE = 'flows_cred.json';
const OWNER_ONLY = 0o600;

/** The key that Node-RED encrypts the flow's passwords with; made once, readable by its owner only. */
export function provideSecret(userDir: string): string {
  const file = join(userDir, SECRET_FILE);
  if (!existsSync(file))
    writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: OWNER_ONLY, flag: 'wx' });
  const secret = readFileSync(file, 'utf8').trim();
  const credentials = join(userDir, CREDENTIALS_FILE);
  if (!existsSync(credentials)) writeFileSync(credentials, noCredentials(secret), { mode: OWNER_ONLY });
  return secret;
}

/**
 * An empty credentials file as Node-RED writes it: without one it warns at every start.
 * Format: @node-red/runtime/lib/nodes/credentials.js, AES-256-CTR, the initial vector in hex before the text.
 */
function noCredentials(secret: string): string {
  const vector = randomBytes(16);
  const cipher = createCipheriv('aes-256-ctr', createHash('sha256').update(secret).digest(), vector);
  const encrypted = cipher.update('{}', 'utf8', 'base64') + cipher.final('base64');
  return `${JSON.stringify({ $: vector.toString('hex') + encrypted })}\n`;
}
