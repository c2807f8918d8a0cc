import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkAlarms } from '../../oracles/check-alarms.js';

const textOf = (file: string): string =>
  readFileSync(join(__dirname, '..', '..', 'oracles', 'alarms', file), 'utf8');

describe('the alarm core', () => {
  const files: readonly [what: string, file: string, from: RegExp, to: string, told: RegExp][] = [
    [
      'delays alarms as Prometheus does',
      'prom_delay_vectors.json',
      /"states":\["pending"/,
      '"states":["firing"',
      /^v-\d+ tick 0: expected firing, got pending$/,
    ],
    [
      "walks alerta's ISA-18.2 diagram",
      'isa182_alerta.json',
      /\["RTNUN","ack","OK","Low","NORM"/,
      '["RTNUN","ack","OK","Low","ACKED"',
      /^RTNUN ack Low->OK: expected ACKED, got NORM$/,
    ],
    [
      'keeps the tables, machines and facts of OPC UA Part 9',
      'opcua_part9.json',
      /"Bad_ConditionNotShelved","shelving"/,
      '"Good","shelving"',
      /unshelve result: expected "Good", got "Bad_ConditionNotShelved"$/,
    ],
    [
      "repeats node-opcua's sequences, and Part 9 where node-opcua departs from it",
      'node_opcua_sequences.json',
      /"limit_state":"HighHigh"/,
      '"limit_state":"Low"',
      /limit_state: expected "Low", got "HighHigh"$/,
    ],
  ];
  for (const [what, file, from, to, told] of files) {
    it(what, () => assert.deepEqual(checkAlarms(JSON.parse(textOf(file))), []));
    it(`and would be caught otherwise: ${file}`, () => {
      const text = textOf(file);
      assert.match(text, from);
      const problems = checkAlarms(JSON.parse(text.replace(from, to)));
      assert.equal(problems.length, 1);
      assert.match(problems[0]!, told);
    });
  }
});
