/** Whether an address is long or looks encoded: room for more than a name. The thresholds are in `docs/content-policy.md`. */

/** Longest query or fragment value, path segment, and all of each, in units after percent-decoding. */
export const MAX_VALUE = 48;
export const MAX_SEGMENT = 100;
export const MAX_QUERY = 128;
export const MAX_PATH = 256;
/** Longest label of a host, and longest host. */
export const MAX_LABEL = 30;
export const MAX_HOST_NAME = 80;
/** Least units of a part that can look encoded. */
export const MIN_ENCODED = 20;

const MAX_HEX = 40;
/** What is shorter matches none of the shapes below. */
const MIN_SUSPECT = 13;
const LONG_NUMBER = /[0-9]{13}/; // a card, a phone with its code: more than a date and time
const HEX = /^(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{1,40}|[0-9A-F]{1,40})$/; // a UUID, a digest
const ENCODED = /[A-Za-z0-9+_=~-]{20,}/g; // dGhlIHBhc3N3b3JkIGlz
const LETTER_RUN = /[A-Za-z]{26}/; // longer than words are: base32, letters only

const decoded = (part: string): string => {
  if (!part.includes('%')) return part;
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

/** Times that a run goes from one of upper case, lower case and digit to another, separators aside. */
const changes = (run: string): number => {
  let count = 0;
  let last = 0;
  for (let at = 0; at < run.length; at++) {
    const unit = run.charCodeAt(at);
    const kind =
      unit <= 0x39 && unit >= 0x30 ? 1 : unit >= 0x41 && unit <= 0x5a ? 2 : unit >= 0x61 && unit <= 0x7a ? 3 : 0;
    // A capital before small letters is how names are written: CamelCase, Title-Case.
    if (kind !== 0 && last !== 0 && kind !== last && !(last === 2 && kind === 3)) count += 1;
    last = kind;
  }
  return count;
};

/** A run that no one writes by hand. Words, slugs, CamelCase, UUIDs and digests up to 40 digits are none. */
const looksEncoded = (part: string): boolean => {
  if (part.length < MIN_SUSPECT) return false;
  if (LONG_NUMBER.test(part) && !HEX.test(part)) return true;
  if (LETTER_RUN.test(part)) return true;
  for (const [run] of part.matchAll(ENCODED)) {
    if (HEX.test(run) && run.length <= MAX_HEX) continue;
    if (changes(run) * 6 > run.length || /={1,2}$/.test(run)) return true;
  }
  return false;
};

const holdsData = (parts: readonly string[], maxPart: number, maxAll: number): boolean => {
  let all = 0;
  for (const part of parts) {
    const text = decoded(part);
    all += text.length;
    if (text.length > maxPart || all > maxAll || looksEncoded(text)) return true;
  }
  return false;
};

/** Whether a host's labels carry data: `dGhlIHBhc3N3b3Jk.example.net`. */
const hostHoldsData = (host: string): boolean =>
  host.length > MAX_HOST_NAME ||
  (host.length >= MIN_SUSPECT &&
    host.split('.').some((label) => !label.startsWith('xn--') && (label.length > MAX_LABEL || looksEncoded(label))));

/** The parts of a URL that could carry data. */
export type UrlParts = Pick<URL, 'hostname' | 'pathname' | 'search' | 'hash' | 'username' | 'password'>;

/** Whether what a URL says besides its place could be data. */
export const carriesData = ({ hostname, pathname, search, hash, username, password }: UrlParts): boolean =>
  username !== '' ||
  password !== '' ||
  hostHoldsData(hostname) ||
  (pathname.length >= MIN_SUSPECT && holdsData(pathname.split('/'), MAX_SEGMENT, MAX_PATH)) ||
  (search.length >= MIN_SUSPECT && holdsData(search.slice(1).split(/[&;=]/), MAX_VALUE, MAX_QUERY)) ||
  (hash.length >= MIN_SUSPECT && holdsData(hash.slice(1).split(/[&;=/]/), MAX_VALUE, MAX_QUERY));
