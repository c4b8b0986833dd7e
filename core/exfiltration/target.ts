/** Where an address leads, read in every way that a renderer may read it: the worst reading counts. */

import { carriesData } from './carried-data.ts';
import { decodeEntities } from './entities.ts';
import type { HostList } from './host-list.ts';

/**
 * Where an address leads: within the page's own site; to a listed host; to another host or none that can be told;
 * or to a scheme that runs or opens something (`javascript:`, `data:`, `file:` …).
 */
export type Place = 'own' | 'listed' | 'elsewhere' | 'scheme';

/** What an address is. */
export interface Target {
  readonly place: Place;
  readonly data: boolean;
}

const OWN: Target = { place: 'own', data: false };
const ORDER: readonly Place[] = ['own', 'listed', 'elsewhere', 'scheme'];
const BY_BROWSERS_REMOVED = /[\t\n\r]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: browsers trim controls off URLs
const TRIMMED = /^[\u0000-\u0020\u007f-\u00a0\u1680\u2000-\u200d\u2028-\u202f\u205f-\u2064\u3000\ufeff]{1,2048}/;
const SCHEME = /^([a-z][a-z0-9+.-]{0,31}):/i; // https:
const HOSTED = /^(?:https?|ftp|wss?)$/i;
const ADDRESSED = /^(?:mailto|tel|sms|callto|xmpp)$/i;
const RUNS = /^(?:javascript|vbscript|livescript|mocha|data|blob|file|filesystem|view-source|jar|intent)$/i;
const SLASHES = /^[\\/]{2}/;
const ESCAPED = /\\([!-/:-@[-`{-~])/g; // \( of markdown

/** What a URL parser leaves as it is: a plain host, and a path without a query. https://example.com/a */
const SIMPLE =
  /^(?:https?|ftp|wss?):\/\/((?!xn--)[a-z][a-z0-9-]{0,62}(?:\.(?!xn--)[a-z][a-z0-9-]{0,62}){0,8})(\/[\w./~-]{0,256})?$/;
/** A host that no URL parser takes, told without an exception, which is slow: https:![ */
const NO_HOST = /^[a-z]{2,5}:[\\/]{0,64}[^\\/?#@]{0,255}[<>^|]|^[a-z]{2,5}:[\\/]{0,64}[^\\/?#@[]{1,255}[[\]]/i;
const NOWHERE: Target = { place: 'elsewhere', data: true };

const parsed = (address: string, hosts: HostList): Target => {
  const simple = SIMPLE.exec(address);
  if (simple !== null) {
    const [, hostname = '', pathname = '/'] = simple;
    const data = carriesData({ hostname, pathname, search: '', hash: '', username: '', password: '' });
    return { place: hosts(hostname) ? 'listed' : 'elsewhere', data };
  }
  if (NO_HOST.test(address) && !address.includes('@')) return NOWHERE;
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return NOWHERE; // No browser goes there, but who knows what a client makes of it.
  }
  return { place: hosts(url.hostname) ? 'listed' : 'elsewhere', data: carriesData(url) };
};

/** One reading of an address. */
const read = (address: string, hosts: HostList): Target => {
  const value = address.replace(BY_BROWSERS_REMOVED, '').replace(TRIMMED, '');
  if (SLASHES.test(value)) return parsed(`https:${value}`, hosts);
  const scheme = SCHEME.exec(value)?.[1];
  if (scheme === undefined) return OWN;
  if (HOSTED.test(scheme)) return parsed(value, hosts);
  if (RUNS.test(scheme)) return { place: 'scheme', data: true };
  const rest = value.slice(scheme.length + 1);
  if (ADDRESSED.test(scheme)) return { place: 'elsewhere', data: rest.length > 64 };
  return SLASHES.test(rest) ? { place: 'scheme', data: true } : OWN; // note: a word before a colon is no scheme
};

/** The worse of two: farther away, or with data. */
const worse = (a: Target, b: Target): Target => {
  const place = ORDER.indexOf(a.place) >= ORDER.indexOf(b.place) ? a.place : b.place;
  return { place, data: a.data || b.data };
};

/** Readings of an address: as it stands, entities read, markdown's escapes read. */
const readings = (raw: string): readonly string[] => {
  if (!raw.includes('&') && !raw.includes('\\')) return [raw];
  const unescaped = raw.replace(ESCAPED, '$1');
  return [...new Set([raw, decodeEntities(raw), unescaped, decodeEntities(unescaped)])];
};

/** Where an address leads, as it stands in a text. */
const judgedTarget = (raw: string, hosts: HostList): Target => {
  let target = OWN;
  for (const reading of readings(raw)) target = worse(target, read(reading, hosts));
  return target;
};

const STARTS = /(?:https?|ftp|wss?):|[\\/]{2}|(?:javascript|vbscript|data):/gi;
const ENDS = /[\s"'`()<>,]/g;
const MAX_STARTS = 64;

/** All addresses in an attribute: `srcset`, `style`, `content` hold several, or one behind something else. */
const readAttribute = (value: string, hosts: HostList): Target => {
  const text = value.replace(BY_BROWSERS_REMOVED, '');
  let target = read(text, hosts);
  let count = 0;
  STARTS.lastIndex = 0;
  for (let start = STARTS.exec(text); start !== null; start = STARTS.exec(text)) {
    ENDS.lastIndex = STARTS.lastIndex;
    const end = ENDS.exec(text)?.index ?? text.length;
    target = worse(target, read(text.slice(start.index, end), hosts));
    STARTS.lastIndex = Math.max(end, STARTS.lastIndex);
    count += 1;
    if (count === MAX_STARTS) return { place: 'elsewhere', data: true };
  }
  return target;
};

const judgedAttribute = (raw: string, hosts: HostList): Target => {
  let target = OWN;
  for (const reading of readings(raw)) target = worse(target, readAttribute(reading, hosts));
  return target;
};

/** Addresses of one reply that were judged: replies repeat them. */
export interface JudgedTargets {
  readonly hosts: HostList;
  readonly addresses: Map<string, Target>;
  readonly attributes: Map<string, Target>;
}

/** Most addresses that are remembered, and the longest. */
const MAX_JUDGED = 128;
const MAX_REMEMBERED = 128;

/** None judged yet. */
export const createJudged = (hosts: HostList): JudgedTargets => ({
  hosts,
  addresses: new Map(),
  attributes: new Map(),
});

const judgedOnce = (
  known: Map<string, Target>,
  raw: string,
  hosts: HostList,
  judge: (raw: string, hosts: HostList) => Target,
): Target => {
  if (raw.length > MAX_REMEMBERED) return judge(raw, hosts);
  const before = known.get(raw);
  if (before !== undefined) return before;
  const target = judge(raw, hosts);
  if (known.size >= MAX_JUDGED) known.clear();
  known.set(raw, target);
  return target;
};

/** Where an address leads, as it stands in a text. */
export const targetOf = ({ addresses, hosts }: JudgedTargets, raw: string): Target =>
  judgedOnce(addresses, raw, hosts, judgedTarget);

/** Where an attribute's value leads: to the worst of the addresses in it. */
export const attributeTarget = ({ attributes, hosts }: JudgedTargets, raw: string): Target =>
  judgedOnce(attributes, raw, hosts, judgedAttribute);
