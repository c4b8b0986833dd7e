/** One subscriber, one key: an IPv6 customer holds a whole /64 (RFC 6177), so its last 64 bits identify nobody. */

const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/; // 203.0.113.7
const HEXTET = /^[0-9a-f]{1,4}$/; // 2001

const groupsOf = (half: string): string[] => (half === '' ? [] : half.split(':'));

/** The eight groups of an IPv6 address without leading zeros, or nothing if it is none. */
const expand = (address: string): readonly string[] | undefined => {
  const halves = address.split('::');
  if (halves.length > 2) return undefined;
  const head = groupsOf(halves[0] ?? '');
  const tail = groupsOf(halves[1] ?? '');
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...Array<string>(Math.max(0, missing)).fill('0'), ...tail];
  return groups.every((group) => HEXTET.test(group))
    ? groups.map((group) => Number.parseInt(group, 16).toString(16))
    : undefined;
};

/**
 * The part of an address that stands for one subscriber: an IPv4 address as it is (also when mapped into IPv6), the
 * /64 of an IPv6 address. `undefined` for anything that is no address.
 *
 * @example
 * ipPrefix('2001:db8:1:2:aaaa::1'); // '2001:db8:1:2::/64'
 */
export const ipPrefix = (address: string): string | undefined => {
  if (address.length > 64) return undefined;
  if (IPV4.test(address)) return address;
  const plain = address.toLowerCase().split('%', 1)[0] ?? '';
  if (plain.startsWith('::ffff:') && IPV4.test(plain.slice(7))) return plain.slice(7);
  const groups = expand(plain);
  return groups === undefined ? undefined : `${groups.slice(0, 4).join(':')}::/64`;
};
