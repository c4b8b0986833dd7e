/** Hosts that a reply may point to. */

import type { OptionCheck } from '../options.ts';

/** Whether a host, as a URL parser gives it, is listed. */
export type HostList = (host: string) => boolean;

const WILDCARD = '*.';
const MAX_HOST = 253;

/** A host as a browser writes it (lower case, punycode, percent-encodings decoded), without trailing dots. */
const canonical = (host: string): string | undefined => {
  if (host === '' || host.length > MAX_HOST || /[\s/\\?#@:]/.test(host)) return undefined;
  try {
    return withoutDots(new URL(`https://${host}/`).hostname);
  } catch {
    return undefined;
  }
};

/** `example.com.` is `example.com`. */
export const withoutDots = (host: string): string => {
  let end = host.length;
  while (end > 0 && host.charCodeAt(end - 1) === 0x2e) end -= 1;
  return host.slice(0, end);
};

const bare = (pattern: string): string => (pattern.startsWith(WILDCARD) ? pattern.slice(WILDCARD.length) : pattern);

/** `example.com`, or `*.example.org` for its subdomains. */
export const hostPattern: OptionCheck = (value) => {
  if (typeof value !== 'string') return 'host names';
  const host = bare(value);
  return !host.includes('*') && canonical(host) !== undefined
    ? undefined
    : 'host names, such as example.com, *.example.org';
};

/** A list of hosts; `*.example.org` stands for subdomains at any depth, not for `example.org` itself. */
export const createHostList = (patterns: readonly string[]): HostList => {
  const exact = new Set<string>();
  const parents = new Set<string>();
  for (const pattern of patterns) {
    const host = canonical(bare(pattern));
    if (host !== undefined) (pattern.startsWith(WILDCARD) ? parents : exact).add(host);
  }
  return (host) => {
    const name = withoutDots(host);
    if (exact.has(name)) return true;
    if (parents.size === 0) return false;
    for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1))
      if (parents.has(name.slice(dot + 1))) return dot > 0;
    return false;
  };
};
