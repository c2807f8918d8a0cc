import type { PipelineMessage, Reading } from '../lib/messages.js';
import { codeOf, FIRST_BAD, GOOD } from './quality-codes.js';

/** Counts of what came in a form that can't be used; bounded, whatever comes. */
export interface InputFaults {
  /** Values that are text, NaN, Infinity or the like, per sensor. */
  readonly notNumbers: Map<string, number>;
  /** Names in readings that the configuration doesn't have. */
  readonly unknownSensors: Set<string>;
}

const MAX_UNKNOWN_NAMES = 32;

/**
 * What is known so far of one instant of the regular time base: for each sensor the value measured nearest to it.
 * Readings may come in parts, each with some of the sensors, and in any order: the row is the same in the end.
 * Recycled by its owner; allocates nothing per reading.
 */
export class SlotRow {
  slot = 0;
  /** The message whose time is nearest to the slot; it carries the row on. */
  message: PipelineMessage<Reading> | null = null;
  readonly values: Float64Array;
  /** Qualities that the source itself gave. */
  readonly given: Uint8Array;
  private readonly offsets: Float64Array;
  private offset = Infinity;
  private exact = 0;

  constructor(private readonly sensors: readonly string[]) {
    this.values = new Float64Array(sensors.length);
    this.given = new Uint8Array(sensors.length);
    this.offsets = new Float64Array(sensors.length);
  }

  start(slot: number): this {
    this.slot = slot;
    this.message = null;
    this.offset = Infinity;
    this.exact = 0;
    this.values.fill(NaN);
    this.given.fill(GOOD);
    this.offsets.fill(Infinity);
    return this;
  }

  /** True when every sensor has spoken exactly at the slot's time: nothing that may still come can change the row. */
  get isComplete(): boolean {
    return this.exact === this.sensors.length;
  }

  /** @param offset ms from the slot's time to the reading's */
  add(message: PipelineMessage<Reading>, offset: number, faults: InputFaults): void {
    const { payload } = message;
    let known = 0;
    for (let sensor = 0; sensor < this.sensors.length; sensor++) {
      const name = this.sensors[sensor]!;
      const raw: unknown = payload[name];
      if (raw === undefined) continue;
      known++;
      const isNumber = typeof raw === 'number' && Number.isFinite(raw);
      if (!isNumber && raw !== null) faults.notNumbers.set(name, (faults.notNumbers.get(name) ?? 0) + 1);
      const given = codeOf(message.quality?.[name]);
      this.offer(sensor, isNumber && given < FIRST_BAD ? raw : NaN, given, offset);
    }
    if (Object.keys(payload).length > known) noteUnknown(payload, this.sensors, faults);
    if (isNearer(offset, this.offset)) {
      this.message = message;
      this.offset = offset;
    }
  }

  private offer(sensor: number, value: number, given: number, offset: number): void {
    const held = this.offsets[sensor]!;
    const fillsIn = offset === held && Number.isNaN(this.values[sensor]!);
    if (!isNearer(offset, held) && !fillsIn) return;
    if (offset === 0 && held !== 0) this.exact++;
    this.values[sensor] = value;
    this.given[sensor] = given;
    this.offsets[sensor] = offset;
  }
}

/** Nearer to the slot, or as near but earlier: the same choice in whatever order readings come. */
const isNearer = (offset: number, than: number): boolean =>
  Math.abs(offset) < Math.abs(than) || (offset === -than && offset < than);

function noteUnknown(payload: Reading, sensors: readonly string[], { unknownSensors }: InputFaults): void {
  for (const name of Object.keys(payload)) {
    if (unknownSensors.size >= MAX_UNKNOWN_NAMES) return;
    if (!sensors.includes(name)) unknownSensors.add(name.slice(0, 64));
  }
}
