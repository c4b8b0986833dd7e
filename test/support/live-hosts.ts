/**
 * Hosts that a reply would fetch something from by being shown: a small reading of its own, after CommonMark 0.31 and
 * the HTML tokenizer, that shares nothing with the filter. Code spans and fences are not looked for: what is in them counts.
 */

const BASE = 'https://own.invalid/';

const decoded = (address: string): string =>
  address
    .replace(/&#x([0-9a-f]{1,6});?/gi, (_, digits) =>
      String.fromCodePoint(Math.min(0x10ffff, Number.parseInt(digits, 16))),
    )
    .replace(/&#([0-9]{1,7});?/g, (_, digits) => String.fromCodePoint(Math.min(0x10ffff, Number.parseInt(digits, 10))))
    .replaceAll('&sol;', '/')
    .replaceAll('&colon;', ':');

/** The host that a browser asks; none for the page's own. */
const hostOf = (address: string): string | undefined => {
  try {
    const { hostname, protocol } = new URL(decoded(address), BASE);
    return /^(?:https?|ftp):$/.test(protocol) && hostname !== 'own.invalid' ? hostname : undefined;
  } catch {
    return undefined;
  }
};

/** A destination of CommonMark at `from`, and where it ends. */
const destinationFrom = (
  text: string,
  from: number,
): { readonly address: string; readonly end: number } | undefined => {
  let at = from;
  while (at < text.length && ' \t\n'.includes(text.charAt(at))) at += 1;
  const unescaped = (raw: string): string => raw.replace(/\\([!-/:-@[-`{-~])/g, '$1');
  if (text[at] === '<') {
    for (let end = at + 1; end < text.length && text[end] !== '\n' && text[end] !== '<'; end++) {
      if (text[end] === '\\') end += 1;
      else if (text[end] === '>') return { address: unescaped(text.slice(at + 1, end)), end: end + 1 };
    }
    return undefined;
  }
  let depth = 0;
  let end = at;
  for (; end < text.length && text.charCodeAt(end) > 0x20; end++) {
    const sign = text[end];
    if (sign === '\\') end += 1;
    else if (sign === '(') depth += 1;
    else if (sign === ')' && depth-- === 0) break;
  }
  return end === at ? undefined : { address: unescaped(text.slice(at, end)), end };
};

/** Whether an inline link closes at `from`, behind its destination: a title, and the bracket. */
const closes = (text: string, from: number): boolean =>
  /^[ \t\n]*(?:[ \t\n](?:"[^"]*"|'[^']*'|\([^()]*\)))?[ \t\n]*\)/.test(text.slice(from, from + 4000));

const labelOf = (label: string): string => label.trim().replace(/\s+/g, ' ').toLowerCase().toUpperCase();

const definitions = (text: string): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  for (const match of text.matchAll(/(?:^|\n)[ >\t]*\[((?:[^[\]\\]|\\.){1,999})\]:/g)) {
    const destination = destinationFrom(text, match.index + match[0].length);
    const label = labelOf(match[1] ?? '');
    if (destination !== undefined && !found.has(label)) found.set(label, destination.address);
  }
  return found;
};

/** Addresses of images: for every `![`, with every `]` that could be its end. */
const imagesIn = (text: string): readonly string[] => {
  const defined = definitions(text);
  const found: string[] = [];
  for (let at = text.indexOf('!['); at >= 0; at = text.indexOf('![', at + 1)) {
    let depth = 0;
    for (let end = at + 2; end < text.length; end++) {
      if (text[end] === '\\') end += 1;
      else if (text[end] === '[') depth += 1;
      else if (text[end] === ']' && depth-- === 0) {
        const words = text.slice(at + 2, end);
        if (text[end + 1] === '(') {
          const destination = destinationFrom(text, end + 2);
          if (destination !== undefined && closes(text, destination.end)) found.push(destination.address);
        }
        const label =
          text[end + 1] === '[' ? /^\[([^[\]]{0,999})\]/.exec(text.slice(end + 1, end + 1002))?.[1] : undefined;
        const address = defined.get(labelOf(label?.trim() ? label : words));
        if (address !== undefined) found.push(address);
        break;
      }
    }
  }
  return found;
};

const LOADING = /^(?:src|srcset|style|poster|background|data|action|formaction|ping|content|xlink:href|srcdoc)$/i;

/** Addresses in attributes that load, of every tag that may begin anywhere and ends. */
const loadedBy = (text: string): readonly string[] => {
  const found: string[] = [];
  for (const { index } of text.matchAll(/<[a-z]/gi)) {
    const attribute = /[\s/]*([^\s/>=][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"'][^\s>]*)))?/y;
    attribute.lastIndex = index + 1 + (/^[^\s/>]*/.exec(text.slice(index + 1))?.[0].length ?? 0);
    const values: string[] = [];
    let last = attribute.lastIndex;
    for (let match = attribute.exec(text); match !== null && match[0] !== ''; match = attribute.exec(text)) {
      const [, name = '', double, single, bare] = match;
      if (LOADING.test(name)) values.push(double ?? single ?? bare ?? '');
      last = attribute.lastIndex;
    }
    if (!/^[\s/]*>/.test(text.slice(last))) continue;
    for (const value of values) {
      if (/^\s*[^\s,(]*$/.test(value)) found.push(value);
      else found.push(...decoded(value).split(/[\s,()'"]+/));
    }
  }
  return found;
};

/** Hosts that are not the page's own. */
export const liveHosts = (text: string): readonly string[] => [
  ...new Set([...imagesIn(text), ...loadedBy(text)].map(hostOf).filter((host) => host !== undefined)),
];
