/** Alarms remembered; the oldest are forgotten first. */
const MAX_ALARMS = 1000;

/** States in which an alarm is over, so that the same id may be raised anew (ISA-18.2 words). */
const OVER = /normal|cleared|closed|resolved/;

/**
 * Tells raising and escalating from all the other events of an alarm's life.
 * An alarm counts when it first shows up, and once more when it rises from warning to critical.
 */
export class RaisedAlarms {
  private readonly levels = new Map<string, string>();

  /** The level raised by this record, or null when it raises nothing. */
  raisedBy(id: string, level: string, state: string): string | null {
    if (OVER.test(state)) {
      this.levels.delete(id);
      return null;
    }
    const known = this.levels.get(id);
    if (known === level || known === 'critical') return null;
    this.levels.delete(id);
    this.levels.set(id, level);
    if (this.levels.size > MAX_ALARMS) this.levels.delete(this.levels.keys().next().value!);
    return level;
  }

  reset(): void {
    this.levels.clear();
  }
}
