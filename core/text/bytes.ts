/** Bytes that text stands for, and the text that bytes stand for. */

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

/** Least share of a text that must be readable: noise decodes to anything. */
const READABLE_SHARE = 0.9;
/** Units by which a text is judged. */
const SAMPLE = 4096;
const STRANGE = /[^\p{L}\p{M}\p{N}\p{P}\p{S}\p{Z}\s]|\ufffd/gu;

const isReadable = (text: string): boolean => {
  const sample = text.slice(0, SAMPLE);
  const strange = sample.match(STRANGE)?.length ?? 0;
  return sample.length > 5 && strange <= sample.length * (1 - READABLE_SHARE);
};

const utf8 = new TextDecoder('utf-8');
const utf16 = new TextDecoder('utf-16le');

/** The text of bytes in UTF-8, or in UTF-16 where every other byte is 0; `undefined` where they are none. */
export const textOfBytes = (bytes: Uint8Array): string | undefined => {
  const isWide = bytes.length > 8 && bytes[1] === 0 && bytes[3] === 0 && bytes[5] === 0;
  const text = (isWide ? utf16 : utf8).decode(bytes);
  return isReadable(text) ? text : undefined;
};
