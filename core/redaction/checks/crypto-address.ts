/** Addresses of crypto currencies: base58check (Bitcoin and its kin) and bech32 (BIP 173, BIP 350). */

import { sha256 } from './sha-256.ts';

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
/** Value of each digit by its ASCII code, -1 for other characters. */
const VALUES = Int8Array.from({ length: 128 }, (_, code) => BASE58.indexOf(String.fromCharCode(code)));

/** A version byte (Zcash: two), a hash of 20 bytes, and 4 bytes of checksum. */
const LENGTHS: readonly number[] = [25, 26];
/** Bitcoin, its scripts and test networks, Litecoin, Dogecoin, Dash, Tron, Zcash: what is none of them is not hashed. */
const VERSIONS: readonly number[] = [0x00, 0x05, 0x6f, 0xc4, 0x30, 0x32, 0x1e, 0x16, 0x4c, 0x10, 0x41, 0x1c];
const CHECKSUM = 4;

/** The bytes of a base58 number, or undefined where they are too many or a character is none of its digits. */
const decodeBase58 = (text: string): Uint8Array | undefined => {
  const bytes = new Uint8Array(26);
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    let carry = VALUES[text.charCodeAt(at)] ?? -1;
    if (carry < 0) return undefined;
    for (let index = 0; index < length; index++) {
      carry += (bytes[index] as number) * 58;
      bytes[index] = carry & 0xff;
      carry >>= 8;
    }
    if (carry > 0) {
      if (length === bytes.length) return undefined;
      bytes[length++] = carry;
    }
  }
  const zeros = /^1*/.exec(text)?.[0].length ?? 0;
  return zeros + length > bytes.length ? undefined : bytes.slice(0, zeros + length).reverse();
};

/** Whether `text` is a base58check address: the checksum is the start of SHA-256 applied twice. */
export const isBase58Address = (text: string): boolean => {
  const bytes = decodeBase58(text);
  if (bytes === undefined || !LENGTHS.includes(bytes.length) || !VERSIONS.includes(bytes[0] ?? -1)) return false;
  const hash = sha256(sha256(bytes.subarray(0, -CHECKSUM)));
  return bytes.subarray(-CHECKSUM).every((byte, index) => byte === hash[index]);
};

const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const GENERATORS = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
const BECH32_CHECK = 1;
const BECH32M_CHECK = 0x2bc830a3;

const polymod = (values: readonly number[]): number => {
  let check = 1;
  for (const value of values) {
    const top = check >>> 25;
    check = ((check & 0x1ffffff) << 5) ^ value;
    for (const [index, generator] of GENERATORS.entries()) if ((top >>> index) & 1) check ^= generator;
  }
  return check;
};

/** Whether `text` is a bech32 or bech32m address. Upper or lower case, not both. */
export const isBech32Address = (text: string): boolean => {
  const lower = text.toLowerCase();
  if (text !== lower && text !== text.toUpperCase()) return false;
  const separator = lower.lastIndexOf('1');
  const prefix = [...lower.slice(0, separator)].map((character) => character.charCodeAt(0));
  const data = [...lower.slice(separator + 1)].map((character) => BECH32.indexOf(character));
  if (separator < 1 || data.length < 6 || data.includes(-1)) return false;
  const check = polymod([...prefix.map((code) => code >> 5), 0, ...prefix.map((code) => code & 31), ...data]);
  return check === BECH32_CHECK || check === BECH32M_CHECK;
};
