/** A rule that fired, with what it saw. */
export interface RuleFinding {
  /** Name of the rule in the configuration. */
  readonly rule: string;
  readonly label: string;
  /** Mechanism of the defect that the rule looks for. */
  readonly mechanism: string;
  /** 0..1 */
  readonly score: number;
  /** Of the rule's feature, in its unit. */
  readonly value: number;
  /** Value at which the rule begins to fire, in the same unit. */
  readonly limit: number;
  readonly text: string;
}

/** `msg.rules`: what the deterministic rules of the configuration say of one instant. */
export interface RuleAssessment {
  /** Highest score of all rules, 0..1; null when no rule could be evaluated. */
  readonly score: number | null;
  /** Rules with a score above 0, highest first. */
  readonly findings: readonly RuleFinding[];
}
