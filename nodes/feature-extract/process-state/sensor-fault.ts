import type { Now, Recogniser } from './recogniser.js';

/** Sensors that a text names; more are counted. */
const NAMED = 3;

/** A sensor has been bad or missing for a while: what rests on it is masked, and people should know. */
export class SensorFault implements Recogniser {
  readonly state = 'sensor-fault';
  changes = 0;
  /** s since each sensor was last usable. */
  private readonly missingS: Float64Array;
  private readonly isFaulty: Uint8Array;

  constructor(
    private readonly names: readonly string[],
    private readonly afterS: number,
    private readonly sampleS: number,
  ) {
    this.missingS = new Float64Array(names.length);
    this.isFaulty = new Uint8Array(names.length);
  }

  update({ values }: Now): boolean {
    let count = 0;
    for (let sensor = 0; sensor < this.names.length; sensor++) {
      const value = values[sensor]!;
      this.missingS[sensor] = value === value ? 0 : this.missingS[sensor]! + this.sampleS;
      const isFaulty = value === value || this.missingS[sensor]! < this.afterS ? 0 : 1;
      if (isFaulty !== this.isFaulty[sensor]) this.changes++;
      this.isFaulty[sensor] = isFaulty;
      count += isFaulty;
    }
    return count > 0;
  }

  text(): string {
    const faulty = this.names.filter((_, sensor) => this.isFaulty[sensor] === 1);
    const more = faulty.length > NAMED ? ` and ${faulty.length - NAMED} more` : '';
    return `no usable value: ${faulty.slice(0, NAMED).join(', ')}${more}`;
  }
}
