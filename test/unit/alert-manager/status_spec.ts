import assert from 'node:assert/strict';
import { AlarmDesk } from '../../../nodes/alert-manager/alarm-desk.js';
import { silenceAfter, statusOf, type StatusFacts } from '../../../nodes/alert-manager/status.js';
import { evidence, play, ruleWith } from './story.js';

describe('the status of alert-manager', () => {
  const fine: StatusFacts = { silent: null, isStored: true };
  const rows: readonly [name: string, story: string, facts: StatusFacts, fill: string, keys: string][] = [
    ['is green without alarms', '0=0.1', fine, 'green', 'normal'],
    ['is red while a critical alarm waits', '0=0.9', fine, 'red', 'open'],
    ['stays red when the critical alarm returned unseen', '0=0.9 5=0.1', fine, 'red', 'open'],
    ['is yellow once it is acknowledged', '0=0.9 5=ack', fine, 'yellow', 'open'],
    ['is yellow for a warning', '0=0.6', fine, 'yellow', 'open'],
    ['is grey while a strand has no risk', '0=-', { ...fine, silent: '1' }, 'grey', 'noRisk'],
    ['is yellow while alarms are not stored', '0=0.1', { ...fine, isStored: false }, 'yellow', 'notStored'],
    ['tells all at once', '0=0.9', { silent: '2', isStored: false }, 'red', 'open · noRisk · notStored'],
  ];
  for (const [name, story, facts, fill, keys] of rows) {
    it(name, () => {
      const desk = new AlarmDesk();
      play(desk, story);
      const status = statusOf(desk.book, facts, (key) => key.replace('alert-manager.status.', ''));
      assert.deepEqual([status.fill, status.text], [fill, keys]);
    });
  }

  it('names the silent strand until it speaks again', () => {
    const rules = [ruleWith()];
    assert.equal(silenceAfter(evidence(0, null), null, rules), '1');
    assert.equal(silenceAfter(evidence(0, 0.5, { strand: '2' }), '1', rules), '1');
    assert.equal(silenceAfter(evidence(0, 0.5), '1', rules), null);
    assert.equal(silenceAfter(evidence(0, null, { kind: 'reading' }), null, rules), null);
  });
});
