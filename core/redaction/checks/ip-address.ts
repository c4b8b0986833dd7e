/** Internet addresses in text (RFC 4291, 2.2; RFC 4632). */

const OCTET = /^(?:25[0-5]|2[0-4]\d|1?\d?\d)$/;
const GROUP = /^[\da-f]{1,4}$/i;
const GROUPS = 8;

/** Whether `text` is four octets: 203.0.113.7. */
export const isIpv4 = (text: string): boolean => {
  const octets = text.split('.');
  return octets.length === 4 && octets.every((octet) => OCTET.test(octet));
};

/** How many groups of 16 bits a part of an address says; NaN where it is none. The last may be an IPv4 address. */
const groupsIn = (part: string, last: boolean): number => {
  if (part === '') return 0;
  const groups = part.split(':');
  const end = groups.at(-1) ?? '';
  const dotted = last && end.includes('.') && isIpv4(end);
  return groups.slice(0, dotted ? -1 : undefined).every((group) => GROUP.test(group))
    ? groups.length + (dotted ? 1 : 0)
    : Number.NaN;
};

/** Whether `text` is an IPv6 address, without zone and prefix length: 2001:db8::1, ::ffff:203.0.113.7. */
export const isIpv6 = (text: string): boolean => {
  const [before = '', after, ...more] = text.split('::');
  if (after === undefined) return groupsIn(before, true) === GROUPS;
  return more.length === 0 && groupsIn(before, false) + groupsIn(after, true) < GROUPS;
};
