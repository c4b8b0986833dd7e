/** Where a URL in a text ends, and whether it names a host. */

import { isIpv4 } from './ip-address.ts';

const PROSE = /[.,;:!?'*_~]/;
const OPENING: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

const count = (text: string, character: string): number => text.split(character).length - 1;

/** Length of a URL without what belongs to the sentence around it: a full stop, a bracket that was opened before it. */
export const urlLength = (url: string): number => {
  let end = url.length;
  for (; end > 0; end--) {
    const last = url.charAt(end - 1);
    const opening = OPENING[last];
    const lonely = opening !== undefined && count(url.slice(0, end), last) > count(url.slice(0, end), opening);
    if (!PROSE.test(last) && !lonely) break;
  }
  return end;
};

const AUTHORITY = /^[a-z]+:\/\/(?:[^/?#@]*@)?(?<host>\[[\da-f:.]+\]|[^/?#:]+)/i; // https://user@host:443/
const HOST = /^(?:[^\s.]{1,63}\.)+[^\s.\d][^\s.]{1,62}\.?$/; // example.com, münchen.example

/** Length of a URL with a scheme, 0 where its host is no domain of two labels and no address. */
export const measureUrl = (match: string): number => {
  const length = urlLength(match);
  const host = AUTHORITY.exec(match.slice(0, length))?.groups?.['host'] ?? '';
  return host.startsWith('[') || isIpv4(host) || HOST.test(host) ? length : 0;
};
