import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MailServer, mailingTo } from '../support/mail-server.js';
import {
  cleanUp,
  eventually,
  ROOT,
  StrandWatchProcess,
  temporaryFolder,
} from '../support/strandwatch-process.js';

interface FlowNode {
  readonly id: string;
  readonly type: string;
  readonly [field: string]: unknown;
}

const EXAMPLE = join(ROOT, 'examples', '23-notify-by-e-mail.json');

describe('the example that notifies by e-mail', function () {
  this.timeout(180_000);
  cleanUp();
  let mailServer: MailServer | null = null;
  afterEach(() => mailServer?.close());

  /** @param retryS what the user waits a minute for, s */
  async function started(refusals: number, retryS = '60'): Promise<StrandWatchProcess> {
    mailServer = await MailServer.start({ refusals });
    const example = JSON.parse(readFileSync(EXAMPLE, 'utf8')) as FlowNode[];
    const flow = mailingTo(mailServer, example).map((node) =>
      node.type === 'delay' ? { ...node, timeout: retryS, timeoutUnits: 'seconds' } : node,
    );
    const userDir = temporaryFolder();
    writeFileSync(join(userDir, 'flows.json'), JSON.stringify(flow));
    const system = new StrandWatchProcess({ userDir });
    await system.ready();
    return system;
  }

  it('tells the operator of the alarm: its level as subject, its sentence as text', async () => {
    const system = await started(0);
    const mail = await eventually('a mail', () => mailServer!.mails[0]);
    assert.deepEqual([mail.from, mail.to], ['strandwatch@example.org', ['operator@example.org']]);
    assert.match(mail.subject, /^(Critical|Warning) alarm: Strand 1$/);
    assert.match(mail.text, /^Strand 1: defect risk \d+ % \(limit \d+ %\)/);
    assert.equal(await system.stop(), 0);
    assert.deepEqual(system.complaints, []);
  });

  it('tries again what the mail server did not take', async () => {
    const system = await started(2, '0.1');
    const mail = await eventually('a mail', () => mailServer!.mails[0]);
    assert.match(mail.text, /^Strand 1: defect risk/);
    assert.equal(await system.stop(), 0);
    assert.deepEqual(system.complaints, []);
  });
});
