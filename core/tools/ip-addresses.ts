/**
 * Addresses in digits, as clients of a network read them: in full, as one number, and shortened, where the last number stands
 * for all bytes that are left (`127.1`). Source: WHATWG URL, "IPv4 parser"; POSIX `inet_addr`.
 */

const PART = String.raw`(?:0x[0-9a-f]{1,8}|\d{1,11})`;
/** No letter, digit or sign of a longer number or path is before it. */
const BEFORE = String.raw`(?<![\p{L}\p{N}.\\/-])`;
/** A path (`/x`, `/`, `/2/x`), a port, a query or a fragment. Not the rest of a ratio or a date: 1.1/2, 1.5:1, 3.5/ 4. */
const BEHIND = String.raw`(?=/(?!\s|[\d.,]{1,64}(?![\p{L}\d.,/_-]))|:\d{2,5}(?!\d)|:\d/|[?#]\S)`;
/** Where a value begins, or what is assigned or behind a user. */
const BEGINNING = String.raw`(?<=^[\s"'\x60(<[{]{0,16}|[@=])`;

/** Four numbers, in decimal, octal or hexadecimal digits: 127.0.0.1, 0x7f.0.0.1, 0177.0.0.01 */
const DOTTED = new RegExp(String.raw`(?<![\p{L}\p{N}.])${PART}(?:\.${PART}){3}(?![\p{L}\p{N}]|\.\d)`, 'giu');
/** One number for all of an address, before a path or a port: 0x7f000001/, 2130706433:80/ */
const NUMBER = new RegExp(String.raw`${BEFORE}(?:0x[0-9a-f]{7,8}|\d{9,10})(?=\/|:\d{1,5}(?!\d))`, 'giu');
/** The same in octal digits: 017700000001/x */
const OCTAL = new RegExp(`${BEFORE}0[0-7]{10,15}${BEHIND}`, 'giu');
/** Two or three numbers where a value begins: 127.1/x. Within a sentence it is a price: 2.50/kg */
const SHORTENED = new RegExp(String.raw`${BEGINNING}${PART}(?:\.${PART}){1,2}${BEHIND}`, 'giu');
/** Two or three numbers that no price is written with, anywhere: 0x7f.1/x, 169.254.43518/x */
const ODD = new RegExp(
  String.raw`${BEFORE}(?=[\d.]{0,36}(?:0x|\.\d{5}))${PART}(?:\.${PART}){1,2}(?![\p{L}\p{N}.])${BEHIND}`,
  'giu',
);
/** ::1, fe80::1, 2001:db8:0:0:0:0:0:1 */
const COLONED = /(?<![\p{L}\p{N}:.])[0-9a-f:]{2,39}(?:\d{1,3}(?:\.\d{1,3}){3})?(?![\p{L}\p{N}:])/giu;

/** Eight groups, or fewer where `::` stands for the others. */
const IPV6 = /::|^(?:[^:]+:){6,7}[^:]+$/;

const isHost = (host: string): boolean => URL.canParse(`https://${host}/`);

const isIpv6 = (text: string): boolean => /[0-9a-f]/i.test(text) && IPV6.test(text) && isHost(`[${text}]`);

/** Each address in a text, as the host of a URL has it. What no client takes for one (`999.1/x`) is none. */
export function* ipAddressesIn(text: string): Generator<string> {
  for (const pattern of [DOTTED, NUMBER]) for (const [address] of text.matchAll(pattern)) yield address;
  for (const pattern of [OCTAL, SHORTENED, ODD])
    for (const [address] of text.matchAll(pattern)) if (isHost(address)) yield address;
  for (const [address] of text.matchAll(COLONED)) if (isIpv6(address)) yield `[${address}]`;
}
