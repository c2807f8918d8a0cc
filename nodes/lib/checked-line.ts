/** Lines that know whether they are whole: a JSON object with the CRC-32 of itself. */
import { crc32 } from 'node:zlib';

/** `{"format":1,...,"crc":"1a2b3c4d"}` and a line feed; the checksum is the CRC-32 of the line without its `crc`. */
export function sealedLine(format: number, fields: object): string {
  const body = JSON.stringify({ format, ...fields });
  return `${body.slice(0, -1)},"crc":"${checksum(body)}"}\n`;
}

/** The object in a line without its line feed; null when the line is not whole. */
export function unsealedLine(line: string): (Record<string, unknown> & { readonly format: number }) | null {
  const tail = /,"crc":"([0-9a-f]{8})"\}$/.exec(line);
  if (tail === null) return null;
  const body = `${line.slice(0, tail.index)}}`;
  if (checksum(body) !== tail[1]) return null;
  return JSON.parse(body) as Record<string, unknown> & { format: number };
}

const checksum = (text: string): string => crc32(text).toString(16).padStart(8, '0');
