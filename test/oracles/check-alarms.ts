import { checkAlerta, isAlertaFile } from './alerta-vectors.js';
import { checkAlertmanager, isAlertmanagerFile } from './check-alertmanager.js';
import { checkNodeOpcua, isNodeOpcuaFile } from './node-opcua-vectors.js';
import { checkPart9, isPart9File } from './part9-vectors.js';
import { checkProm, isPromFile } from './prom-vectors.js';

/** Says what differs in a file of its kind, and null to any other file. */
type Checker = (content: unknown) => string[] | null;

const CHECKERS: readonly Checker[] = [
  (content) => (isPromFile(content) ? checkProm(content) : null),
  (content) => (isAlertaFile(content) ? checkAlerta(content) : null),
  (content) => (isPart9File(content) ? checkPart9(content) : null),
  (content) => (isNodeOpcuaFile(content) ? checkNodeOpcua(content) : null),
  (content) => (isAlertmanagerFile(content) ? checkAlertmanager(content) : null),
];

/** Checks a file of alarm vectors with the checker that knows it. @returns what differs, one line per finding */
export function checkAlarms(content: unknown): string[] {
  for (const check of CHECKERS) {
    const problems = check(content);
    if (problems !== null) return problems;
  }
  return [
    'no checker knows this file: expected vectors of one of the kinds in test/oracles/alarms/README.md',
  ];
}
