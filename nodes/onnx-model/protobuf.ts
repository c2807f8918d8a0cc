/** As much of the protocol buffers wire format as it takes to look into an ONNX file. */

/** A field of a message: bytes of a text or a message within, or a number. */
export type Field =
  | { readonly number: number; readonly bytes: Uint8Array; readonly value: null }
  | { readonly number: number; readonly bytes: null; readonly value: number };

/**
 * The fields of a message, in order. Numbers beyond 2^53 lose digits; fixed-width ones are passed over.
 * @throws RangeError when the bytes are no such message
 * Source: protobuf.dev, Encoding
 */
export function* fieldsOf(message: Uint8Array): Iterable<Field> {
  let at = 0;
  const varint = (): number => {
    let value = 0;
    let factor = 1;
    for (let i = 0; i < 10; i++) {
      const byte = message[at++];
      if (byte === undefined) break;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
      factor *= 128;
    }
    throw new RangeError('a number is cut off');
  };
  while (at < message.length) {
    const key = varint();
    const number = Math.floor(key / 8);
    const type = key % 8;
    if (number === 0) throw new RangeError('a field without a number');
    if (type === VARINT) yield { number, bytes: null, value: varint() };
    else if (type === BYTES) {
      const length = varint();
      if (at + length > message.length) throw new RangeError('a field is cut off');
      yield { number, bytes: message.subarray(at, at + length), value: null };
      at += length;
    } else if (type === FIXED64 || type === FIXED32) {
      at += type === FIXED64 ? 8 : 4;
      if (at > message.length) throw new RangeError('a field is cut off');
    } else throw new RangeError(`a field of type ${type}`);
  }
}

const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;
