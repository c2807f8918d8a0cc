/**
 * What events and hard negatives do to the physics, one value per second. They act here and nowhere else:
 * never on a label, never on a sensor.
 */
export class Forcing {
  /** Added to the speed set-point, m/min. */
  readonly speed: Float64Array;
  /** Added to the superheat, K. */
  readonly superheat: Float64Array;
  /** Added to the width, m. */
  readonly width: Float64Array;
  /** Added to the clogged share of the nozzle. */
  readonly clogging: Float64Array;
  /** Agitation of the meniscus, relative to a typical slag entrainment. */
  readonly turbulence: Float64Array;
  /** Factor on the bulging amplitude. */
  readonly bulging: Float64Array;
  /** Factor on the heat flux. */
  readonly heatFlux: Float64Array;
  /** Added to the thermocouples before their gain and lag, °C, by column. */
  readonly upper: readonly Float64Array[];
  readonly lower: readonly Float64Array[];
  /** Relative rise of friction. */
  readonly friction: Float64Array;
  /** Relative shift of the oscillation frequency. */
  readonly frequency: Float64Array;
  /** Added to the relative jitter of the frequency. */
  readonly jitter: Float64Array;
  /** Share of the water that a zone lacks: on the strand, and as its flow meter sees it. */
  readonly deficit: readonly [Float64Array, Float64Array];
  readonly visibleDeficit: readonly [Float64Array, Float64Array];
  /** Added to the surface temperature, K. */
  readonly surface: Float64Array;

  constructor(readonly duration: number) {
    const zeros = (): Float64Array => new Float64Array(duration);
    const ones = (): Float64Array => zeros().fill(1);
    this.speed = zeros();
    this.superheat = zeros();
    this.width = zeros();
    this.clogging = zeros();
    this.turbulence = zeros();
    this.bulging = ones();
    this.heatFlux = ones();
    this.upper = [zeros(), zeros(), zeros(), zeros()];
    this.lower = [zeros(), zeros(), zeros(), zeros()];
    this.friction = zeros();
    this.frequency = zeros();
    this.jitter = zeros();
    this.deficit = [zeros(), zeros()];
    this.visibleDeficit = [zeros(), zeros()];
    this.surface = zeros();
  }
}
