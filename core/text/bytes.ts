/** Bytes that text stands for. */

/** Value of each sign of an alphabet by unit; 255 for any other. Signs of `same` stand for those of `alphabet`. */
const valuesOf = (alphabet: string, same: Readonly<Record<string, string>> = {}): Uint8Array => {
  const values = new Uint8Array(128).fill(255);
  for (const [value, sign] of [...alphabet].entries()) values[sign.charCodeAt(0)] = value;
  for (const [sign, as] of Object.entries(same)) values[sign.charCodeAt(0)] = alphabet.indexOf(as);
  return values;
};

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const BASE64 = valuesOf(`${UPPER}${UPPER.toLowerCase()}0123456789+/`, { '-': '+', _: '/' });
const BASE32 = valuesOf(`${UPPER}234567`);
const HEX = valuesOf('0123456789abcdef', { A: 'a', B: 'b', C: 'c', D: 'd', E: 'e', F: 'f' });
const BINARY = valuesOf('01');

/** Packs the values of signs, `bits` each, into bytes; other signs are passed by. */
const packed = (text: string, values: Uint8Array, bits: number): Uint8Array => {
  const bytes = new Uint8Array(Math.floor((text.length * bits) / 8));
  let length = 0;
  let held = 0;
  let heldBits = 0;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    const value = unit < 128 ? (values[unit] as number) : 255;
    if (value === 255) continue;
    held = ((held << bits) | value) & 0xffff;
    heldBits += bits;
    if (heldBits >= 8) {
      heldBits -= 8;
      bytes[length++] = (held >>> heldBits) & 0xff;
    }
  }
  return bytes.subarray(0, length);
};

/** Bytes in base64 (RFC 4648), either alphabet, wrapped or not. */
export const bytesOfBase64 = (text: string): Uint8Array => packed(text, BASE64, 6);
/** Bytes in base32 (RFC 4648). */
export const bytesOfBase32 = (text: string): Uint8Array => packed(text, BASE32, 5);
/** Bytes as pairs of hexadecimal digits, whatever stands between them. */
export const bytesOfHex = (text: string): Uint8Array => packed(text, HEX, 4);
/** Bytes as groups of eight binary digits, whatever stands between them. */
export const bytesOfBinary = (text: string): Uint8Array => packed(text, BINARY, 1);

/** Escaped bytes (`%41`, `=41`) and what stands between them, which is ASCII; `+` is a blank. */
export const bytesOfPercents = (run: string): Uint8Array => {
  const bytes = new Uint8Array(run.length);
  let length = 0;
  for (let index = 0; index < run.length; index++) {
    const unit = run.charCodeAt(index);
    if (unit === 0x25 || unit === 0x3d) {
      bytes[length++] = ((HEX[run.charCodeAt(index + 1)] ?? 0) << 4) | (HEX[run.charCodeAt(index + 2)] ?? 0);
      index += 2;
    } else bytes[length++] = unit === 0x2b ? 0x20 : unit;
  }
  return bytes.subarray(0, length);
};

/** Bytes as decimal numbers. */
export const bytesOfDecimals = (run: string): Uint8Array => {
  const bytes = new Uint8Array((run.length + 1) >> 1);
  let length = 0;
  for (let index = 0; index < run.length; index++) {
    let value = -1;
    for (; index < run.length; index++) {
      const digit = run.charCodeAt(index) - 0x30;
      if (digit < 0 || digit > 9) break;
      value = Math.max(0, value) * 10 + digit;
    }
    if (value >= 0) bytes[length++] = value;
  }
  return bytes.subarray(0, length);
};
