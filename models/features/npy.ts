/**
 * Header of a NumPy file for a row-major float32 matrix, 128 bytes, so that it can be written again once the rows are counted.
 * Source: NEP 1, "A simple file format for NumPy arrays", version 1.0.
 */
export const NPY_HEADER_BYTES = 128;

export function npyHeader(rows: number, columns: number): Buffer {
  const magic = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
  const length = NPY_HEADER_BYTES - magic.length - 2;
  const text =
    `{'descr': '<f4', 'fortran_order': False, 'shape': (${rows}, ${columns}), }`.padEnd(length - 1) + '\n';
  const size = Buffer.alloc(2);
  size.writeUInt16LE(length);
  return Buffer.concat([magic, size, Buffer.from(text, 'latin1')]);
}

/** The floats as the file holds them, little-endian whatever the machine. */
export function floatBytes(floats: Float32Array): Buffer {
  const bytes = Buffer.from(floats.buffer, floats.byteOffset, floats.byteLength);
  return new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? bytes : Buffer.from(bytes).swap32();
}
