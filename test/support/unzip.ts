/** Files of a zip, as `.ZIP File Format Specification` (APPNOTE 6.3) has them, without encryption and ZIP64. */

import { inflateRawSync } from 'node:zlib';

const END = 0x06054b50;
const STORED = 0;

/** The files of `zip` by their names. */
export const unzip = (zip: Buffer): ReadonlyMap<string, Buffer> => {
  const end = zip.lastIndexOf(Buffer.from([END, END >> 8, END >> 16, END >> 24].map((byte) => byte & 0xff)));
  const files = new Map<string, Buffer>();
  let entry = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const lengths = [28, 30, 32].map((at) => zip.readUInt16LE(entry + at));
    const [nameLength = 0, ...others] = lengths;
    const header = zip.readUInt32LE(entry + 42);
    const start = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
    const content = zip.subarray(start, start + zip.readUInt32LE(entry + 20));
    const isStored = zip.readUInt16LE(entry + 10) === STORED;
    const name = zip.toString('utf8', entry + 46, entry + 46 + nameLength);
    files.set(name, isStored ? content : inflateRawSync(content));
    entry += 46 + nameLength + others.reduce((sum, length) => sum + length, 0);
  }
  return files;
};
