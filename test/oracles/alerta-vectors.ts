import {
  acknowledge,
  QUIET,
  reAlarm,
  removeFromService,
  returnToService,
  shelve,
  suppress,
  unshelve,
  unsuppress,
  withCondition,
  type Convention,
  type Step as StandingStep,
} from '../../nodes/alert-manager/standing.js';
import { alarmState, type Standing } from '../../nodes/lib/alarm.js';
import { wallMs } from '../../nodes/lib/clock.js';
import { differingFacts } from './differing-facts.js';

/** The ISA-18.2 model of alerta, executed: a transition table and walks through it. */
interface AlertaFile {
  readonly states: Readonly<Record<string, string>>;
  readonly severity_map: Readonly<Record<string, number>>;
  readonly normal_severity: string;
  readonly default_previous_severity: string;
  readonly table_columns: readonly string[];
  readonly table?: readonly (readonly unknown[])[];
  readonly unit_test_sequences?: readonly Walk[];
  readonly walks: readonly Walk[];
  readonly walks_vendor?: readonly Walk[];
}

interface Walk {
  readonly name: string;
  readonly steps: readonly Step[];
}

interface Step {
  readonly event: string;
  readonly severity?: string;
  readonly incoming_status?: string;
  readonly in_diagram?: boolean;
  readonly expect: Readonly<Record<string, unknown>>;
}

const OPERATOR = { by: 'operator', comment: '' };
const SHELVING = { ...OPERATOR, kind: 'timed' as const, forMs: 1000 };
/** What alerta only names for itself, and a standard machine has no such thing of. */
const NOT_OURS: ReadonlySet<string> = new Set(['rule', 'kind']);

export const isAlertaFile = (content: unknown): content is AlertaFile =>
  Array.isArray((content as AlertaFile | null)?.walks) && 'severity_map' in (content as AlertaFile);

/** @returns what differs, one line each */
export function checkAlerta(file: AlertaFile): string[] {
  return [
    ...(file.table ?? []).flatMap((row) => checkRow(row, file)),
    ...[...(file.unit_test_sequences ?? []), ...file.walks].flatMap((walk) => checkWalk(walk, file)),
    // What follows on a step outside of the diagram is what alerta alone does.
    ...(file.walks_vendor ?? []).flatMap((walk) => checkWalk(upToVendorStep(walk), file)),
  ];
}

function checkWalk({ name, steps }: Walk, file: AlertaFile): string[] {
  const alarm = new AlertaAlarm(file);
  for (const [index, step] of steps.entries()) {
    alarm.take(step);
    const expected = Object.fromEntries(Object.entries(step.expect).filter(([key]) => !NOT_OURS.has(key)));
    const problems = differingFacts(alarm.facts(), expected);
    if (problems.length > 0)
      return problems.map((problem) => `${name} step ${index} ${step.event} ${problem}`);
  }
  return [];
}

function upToVendorStep({ name, steps }: Walk): Walk {
  const end = steps.findIndex(({ in_diagram, event }) => in_diagram === false || event === 'unack');
  return { name, steps: end === -1 ? steps : steps.slice(0, end) };
}

function checkRow(row: readonly unknown[], file: AlertaFile): string[] {
  const of = (column: string): unknown =>
    row[file.table_columns.findIndex((name) => name === column || name.startsWith(`${column} (`))];
  if (of('in_diagram') !== true) return [];
  const [state, action, severity, previous] = ['state', 'action', 'severity', 'previous_severity'].map(
    of,
  ) as [string, string | null, string, string];
  const alarm = AlertaAlarm.in(state, action === null ? previous : severity, severity, file);
  alarm.take(action === null ? { event: 'alarm', severity, expect: {} } : { event: action, expect: {} });
  const got = alarm.facts().state;
  const what = `${state} ${action ?? 'alarm'} ${previous}->${severity}`;
  return got === of('next_state') ? [] : [`${what}: expected ${String(of('next_state'))}, got ${got}`];
}

/** Drives the core as alerta's events say. alerta has one slot for shelved, suppressed and out of service: the last one counts. */
class AlertaAlarm {
  private standing: Standing<string> = QUIET;
  private severity: string;
  private previous: string;
  private readonly convention: Convention<string>;

  constructor(private readonly file: AlertaFile) {
    this.severity = file.normal_severity;
    this.previous = file.default_previous_severity;
    this.convention = {
      ...{ ranks: file.severity_map, latches: false, asksConfirmation: false, standard: 'isa-18.2' },
    };
  }

  /** An alarm in a state of the table. NORM and RTNUN have no condition, UNACK and ACKED always one. */
  static in(state: string, condition: string, severity: string, file: AlertaFile): AlertaAlarm {
    const alarm = new AlertaAlarm(file);
    const isNormal = (name: string): boolean => name === file.normal_severity;
    const worst = Object.keys(file.severity_map).reduce((one, other) =>
      file.severity_map[other]! > file.severity_map[one]! ? other : one,
    );
    const active = [condition, severity].find((name) => !isNormal(name)) ?? worst;
    const known = isNormal(condition) ? null : condition;
    const standings: Readonly<Record<string, Standing<string>>> = {
      NORM: QUIET,
      RTNUN: { ...QUIET, acknowledged: false },
      UNACK: { ...QUIET, condition: active, acknowledged: false },
      ACKED: { ...QUIET, condition: active },
      SHLVD: { ...QUIET, condition: known, shelving: { ...SHELVING, until: wallMs(1000) } },
      DSUPR: { ...QUIET, condition: known, suppressions: [{ by: 'plant', reason: 'outside' }] },
      OOSRV: { ...QUIET, condition: known, outOfService: OPERATOR },
    };
    alarm.standing = standings[state]!;
    return alarm;
  }

  take({ event, severity, incoming_status: status }: Step): void {
    switch (event) {
      case 'alarm':
        return this.hear(severity!, status);
      case 'ack':
        return this.accept(acknowledge(this.standing, this.convention));
      case 'unack':
        return this.accept(reAlarm(this.standing));
      case 'shelve':
        if (this.standing.shelving === null) this.emptySlot();
        return this.accept(shelve(this.standing, SHELVING, wallMs(0), 1000));
      case 'unshelve':
        return this.accept(unshelve(this.standing, this.convention));
      case 'external_cleared':
        return;
      default:
        throw new Error(`no driver for event ${event}`);
    }
  }

  facts() {
    const state = alarmState(this.standing);
    const { severity, previous: previous_severity } = this;
    return { state, letter: this.file.states[state], severity, previous_severity, trend: this.trend() };
  }

  private hear(severity: string, status: string | undefined): void {
    if (severity !== this.severity) {
      this.previous = this.severity;
      this.severity = severity;
    }
    const condition = severity === this.file.normal_severity ? null : severity;
    this.standing = withCondition(this.standing, condition, this.convention);
    if (status === undefined) {
      this.accept(unsuppress(this.standing, 'by-person', this.convention));
      return this.accept(returnToService(this.standing, this.convention));
    }
    this.emptySlot();
    this.accept(
      status === 'OOSRV'
        ? removeFromService(this.standing, OPERATOR)
        : suppress(this.standing, { by: 'plant', reason: 'outside' }),
    );
  }

  private emptySlot(): void {
    this.standing = { ...this.standing, shelving: null, suppressions: [], outOfService: null };
  }

  /** What the core refuses leaves the alarm as it is. */
  private accept(next: StandingStep<string>): void {
    if (typeof next !== 'string') this.standing = next;
  }

  private trend(): string {
    const { severity_map: ranks } = this.file;
    const change = ranks[this.severity]! - ranks[this.previous]!;
    return change > 0 ? 'moreSevere' : change < 0 ? 'lessSevere' : 'noChange';
  }
}
