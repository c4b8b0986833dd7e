/** Addresses in arguments of tools: whatever some client of a network would go to. */

import { createHostList, type HostList } from '../exfiltration/host-list.ts';
import { isDomain, isFileName } from '../redaction/checks/domain.ts';
import { ipAddressesIn } from './ip-addresses.ts';
import { leavesOf } from './leaves.ts';
import { readingsOf } from './readings.ts';

/** Longest authority (user, host and port) that is judged, in UTF-16 units: hosts have at most 253. */
const MOST_AUTHORITY = 300;
/** Addresses of one call that are judged: more are refused. */
const MOST_ADDRESSES = 64;

/** `https://`, `s3:\\`, and what browsers make of `https:example.com` and `https:/example.com`. */
const SCHEMED = /(?:([a-z][a-z0-9+.-]{0,31})?:[\\/]{2}|\b(https?|wss?|ftp):(?=\S)[\\/]?)[\\/]*/gi;
const HOSTED = /^(?:https?|wss?|ftp)$/i;
/** `//example.com` and `\\server\share`, where an address may begin. */
const RELATIVE = /(?<=^|[\s"'`(=,;<>[{|])[\\/]{2,}(?=[^\s\\/])/g;
/** `www.example.com` */
const WWW = /(?<![a-z0-9.@-])www\d?\.(?=[^\s.])/gi;
/** `example.com/a`, `example.com:8080`, `localhost/`: a host without a scheme, by what follows it. */
const BARE =
  /(?<![\p{L}\p{N}_.\\/-])(?:localhost|(?:[\p{L}\p{N}_-]{1,63}\.){1,8}(?:xn--[a-z\d-]{1,59}|\p{L}{2,63}))\.?(?=:\d|[\\/]|[?#]\S)/giu;
/** Schemes that run or open something by themselves: javascript:, data:text/html */
const RUNS =
  /(?<![a-z0-9+.-])(?:(?:javascript|vbscript|livescript|mocha|view-source|filesystem|jar|intent)\s{0,8}:|(?:data|blob|file):(?=[^\s"']))/i;
/** Browsers drop them wherever they stand in an address that is all of a value. */
const DROPPED = /[\t\n\r]/g;
/** A value that begins as an address does. */
const BEGINNING = /^\s{0,64}(?:[a-z][a-z0-9+.-]{0,31}:|[\\/]{2})/i;
const ENDS = /[\s"'`<>\\/?#]/;
const TRAILING = ",.;:!)}'*_~|";

/** The authority that begins at `from`: up to a slash, a blank or a quote, less the signs of a sentence. */
const authorityAt = (text: string, from: number): string | undefined => {
  const piece = text.slice(from, from + MOST_AUTHORITY + 1);
  const found = piece.search(ENDS);
  if (found < 0 && piece.length > MOST_AUTHORITY) return undefined;
  let end = found < 0 ? piece.length : found;
  // A backslash is a slash to browsers, and a letter to other clients: whoever writes one there means to deceive.
  if (piece[end] === '\\') return undefined;
  while (end > 0 && TRAILING.includes(piece.charAt(end - 1))) end -= 1;
  if (piece[end - 1] === ']' && !piece.slice(0, end).includes('[')) end -= 1;
  return piece.slice(0, end);
};

/** Whether an authority names a listed host and nothing else: users and escapes are there to deceive. */
const isListed = (authority: string | undefined, hosts: HostList): boolean => {
  if (authority === undefined || /[@%]/.test(authority)) return false;
  try {
    return hosts(new URL(`https://${authority}/`).hostname);
  } catch {
    return false;
  }
};

/** Whether what looks like a host is one: `main.ts/a` is a file. */
const isHost = (host: string): boolean => !isFileName(host) || isDomain(host);

/** Judges addresses; `false` from the first on that is refused. */
type Judge = (authority: string | undefined) => boolean;

const isSchemedFine = (text: string, judge: Judge): boolean => {
  for (const match of text.matchAll(SCHEMED)) {
    const scheme = match[1] ?? match[2] ?? '';
    if (!HOSTED.test(scheme) || !judge(authorityAt(text, match.index + match[0].length))) return false;
  }
  return true;
};

const isBareFine = (text: string, judge: Judge): boolean => {
  for (const { index, 0: slashes } of text.matchAll(RELATIVE))
    if (slashes.includes('\\') || !judge(authorityAt(text, index + slashes.length))) return false;
  for (const { index } of text.matchAll(WWW)) if (!judge(authorityAt(text, index))) return false;
  for (const { index, 0: host } of text.matchAll(BARE))
    if (isHost(host) && !judge(text[index - 1] === '@' ? undefined : authorityAt(text, index))) return false;
  for (const address of ipAddressesIn(text)) if (!judge(address)) return false;
  return true;
};

/** Whether a text cannot hold an address: most arguments are words. */
const SIGNLESS = /^[^:/\\%&.]*$/;

const isTextFine = (text: string, judge: Judge): boolean => {
  for (const reading of readingsOf(text)) {
    if (SIGNLESS.test(reading)) continue;
    if (RUNS.test(reading) || !isSchemedFine(reading, judge) || !isBareFine(reading, judge)) return false;
    const joined = reading.replace(DROPPED, '');
    if (joined === reading || !BEGINNING.test(joined)) continue;
    if (RUNS.test(joined) || !isSchemedFine(joined, judge) || !isBareFine(joined, judge)) return false;
  }
  return true;
};

/**
 * Whether every address in the arguments of a call names a host of the list, `*.example.org` being all subdomains.
 * Names of fields are read, too. Addresses whose scheme is neither HTTP, WebSocket nor FTP are never listed.
 */
export const namesOnlyHosts = (args: unknown, patterns: readonly string[]): boolean => {
  const hosts = createHostList(patterns);
  let count = 0;
  const judge: Judge = (authority) => {
    count += 1;
    return count <= MOST_ADDRESSES && isListed(authority, hosts);
  };
  return leavesOf(args).every(({ text }) => isTextFine(text, judge));
};
