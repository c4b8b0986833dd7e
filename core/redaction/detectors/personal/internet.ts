/** Names and addresses on the Internet. */

import { isDomain, isFileName } from '../../checks/domain.ts';
import { isIpv4, isIpv6 } from '../../checks/ip-address.ts';
import { measureUrl, urlLength } from '../../checks/url.ts';
import type { Detector } from '../../types.ts';

const PREFIX_OR_ZONE = /%[\w.-]+|\/\d{1,3}$/g;
const WIDE_PREFIX = /\/(?:[4-9]\d|3[3-9]|\d{3})$/; // more bits than an IPv4 address has
const TOO_WIDE_PREFIX = /\/(?:1[3-9]\d|129|[2-9]\d\d)$/; // more than an IPv6 address has

/** A prefix length that cannot be is not part of the address. */
const withoutWrong = (prefix: RegExp, match: string): string => match.replace(prefix, '');

const measureIpv4 = (match: string): number => {
  const address = withoutWrong(WIDE_PREFIX, match);
  return isIpv4(address.replaceAll(PREFIX_OR_ZONE, '')) ? address.length : 0;
};

const HAS_DIGIT = /\d/; // Ada::Bad is a name in a namespace

const measureIpv6 = (match: string): number => {
  const address = withoutWrong(TOO_WIDE_PREFIX, match);
  const plain = address.replaceAll(PREFIX_OR_ZONE, '');
  return HAS_DIGIT.test(plain) && isIpv6(plain) ? address.length : 0;
};

const isOneByte = /^(?:0[0.:-]*|f[f.:-]*)$/i; // none, and everybody

/** Detectors of what a host, a device or a mailbox is called. */
export const INTERNET_DETECTORS: readonly Detector[] = [
  {
    entity: 'EMAIL_ADDRESS', // ada.lovelace@example.com, RFC 5321; not image@2x.png, react@1.2.3-rc.one, git@github.com
    pattern:
      /(?!git@)[A-Za-z0-9_+][A-Za-z0-9._%+'&-]{0,63}@(?!\dx\.|\d{1,4}\.\d{1,4}\.)(?:[A-Za-z0-9\u00a1-\uffff](?:[A-Za-z0-9\u00a1-\uffff-]{0,58})\.){1,4}(?:xn--[A-Za-z0-9-]{2,55}|[A-Za-z]{2,24})(?![A-Za-z0-9])/y,
    score: 1,
    measure: (match) => (isFileName(match) ? 0 : match.length),
    near: '@',
  },
  {
    entity: 'IP_ADDRESS', // 203.0.113.7, 10.0.0.0/8; not within the version 1.2.3.4.5
    pattern: /(?:^|\\[nrt]|[^\w.])(?<value>(?:\d{1,3}\.){3}\d{1,3}(?:\/\d{1,3})?)(?![A-Za-z0-9]|\.\d)/y,
    score: 0.6,
    measure: measureIpv4,
    byDefault: false,
  },
  {
    entity: 'IP_ADDRESS', // 192.168.1.1.1: five numbers, but no version
    pattern: /(?:1\d\d|2[0-5]\d)\.(?:\d{1,3}\.){2}\d{1,3}(?=\.\d)/y,
    score: 0.2,
    measure: measureIpv4,
    byDefault: false,
  },
  {
    entity: 'IP_ADDRESS', // 2001:db8::1, fe80::1%eth0, ::ffff:203.0.113.7, 2001:db8::/32
    pattern:
      /(?:^|\\[nrt]|[^\w:.\]])(?<value>(?:[\da-f]{1,4}::?|::)(?:[\da-f]{1,4}::?){0,7}(?:[\da-f]{1,4}|\d{1,3}(?:\.\d{1,3}){3})?(?:%[a-z\d]{1,15})?(?:\/\d{1,3})?)(?![a-z\d:[]|\.\d)/iy,
    score: 0.6,
    measure: (match) => (/^::(?:\/|$)/.test(match) ? 0 : measureIpv6(match)),
    near: ':',
    byDefault: false,
  },
  {
    entity: 'IP_ADDRESS', // :: and ::/0
    pattern: /(?:^|[\s=([,"'])(?<value>::(?:\/\d{1,3})?)(?![a-z\d:<>*&(~_/$])/iy,
    score: 0.1,
    byDefault: false,
  },
  {
    entity: 'MAC_ADDRESS', // 00:1B:44:11:3A:B7, 00-1B-44-11-3A-B7
    pattern:
      /(?:^|\\[nrt]|[^\w:-])(?<value>[\da-f]{2}(?::[\da-f]{2}(?::[\da-f]{2}){4}|-[\da-f]{2}(?:-[\da-f]{2}){4}))(?![\da-z]|[:-][\da-f[])/iy,
    score: 0.6,
    measure: (match) => (isOneByte.test(match) ? 0 : match.length),
    byDefault: false,
  },
  {
    entity: 'MAC_ADDRESS', // 001b.4411.3ab7
    pattern: /(?:^|\\[nrt]|[^\w.])(?<value>[\da-f]{4}\.[\da-f]{4}\.[\da-f]{4})(?![\da-z]|\.[\da-f[])/iy,
    score: 0.6,
    measure: (match) => (isOneByte.test(match) ? 0 : match.length),
    byDefault: false,
  },
  {
    entity: 'URL', // https://example.com/path
    pattern: /(?:https?|ftps?|wss?|sftp):\/\/(?=\[[\da-f:.]{2,50}\]|[^\s/?#[]{0,110}\.)[^\s"'<>`|\\^]{1,250}/iy,
    score: 0.6,
    measure: measureUrl,
    tail: 'token',
    byDefault: false,
  },
  {
    entity: 'URL', // www.example.com/path, example.co.uk, microsoft.com?a=b; not the host of an address
    pattern:
      /(?:^|\\[nrt]|[^\w@.-])(?<value>(?:[a-z\d](?:[a-z\d-]{0,38})\.){1,5}(?:xn--[a-z\d-]{2,36}|[a-z]{2,24})(?![\w@-]|\.[a-z\d[])(?::\d{2,5})?(?:[/?#][^\s"'<>`|\\^]{0,130})?)/iy,
    score: 0.5,
    measure: (match) => {
      const host = /^[^/?#:]+/.exec(match)?.[0] ?? '';
      const labels = host.toLowerCase().startsWith('www.') ? host.slice(4) : host;
      return labels.includes('.') && isDomain(host) ? urlLength(match) : 0;
    },
    byDefault: false,
  },
  {
    entity: 'USERNAME', // username: ada_99
    pattern:
      /(?!(?:required|invalid|incorrect|wrong|not|null|none|undefined|taken|missing|too|already|optional|empty|unknown|string|the|an?|true|false)(?![\w-]))[a-z\d][\w.@+-]{1,63}(?![\w(])/iy,
    assignedTo: [
      'username',
      'user name',
      'userid',
      'user id',
      'loginname',
      'login name',
      'accountname',
      'screenname',
      'benutzername',
      'usuario',
      'nickname',
    ],
    score: 0.5,
    measure: (match) => match.replace(/[.-]+$/, '').length,
    byDefault: false,
  },
];
