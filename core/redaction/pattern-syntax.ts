/** Reads the syntax of a pattern: as much of it as the bounded, linear patterns of detectors need. */

import { CONTEXT } from './types.ts';

/** Whether a UTF-16 unit is one that stands for itself, a class or a dot. The same one for all that accept the same. */
export interface UnitTest {
  (unit: number): boolean;
  /** It may accept other units than ASCII. */
  readonly wide: boolean;
}

/** A part of a pattern. */
export type PatternPart =
  | { readonly kind: 'unit'; readonly accepts: UnitTest }
  | { readonly kind: 'sequence'; readonly parts: readonly PatternPart[] }
  | { readonly kind: 'choice'; readonly options: readonly PatternPart[] }
  | { readonly kind: 'repeat'; readonly part: PatternPart; readonly min: number; readonly max: number }
  /** Looks at text without taking it: a look-ahead of either sign, the end, a word boundary. */
  | { readonly kind: 'look'; readonly part: PatternPart };

const NOTHING: PatternPart = { kind: 'sequence', parts: [] };
const ANY: UnitTest = Object.assign(() => true, { wide: true });
const LOOK_AT_NEXT: PatternPart = { kind: 'look', part: { kind: 'unit', accepts: ANY } };

const GROUP = /\((?:\?(?:[:=!]|<[=!]|<[^=!>][^>]*>))?/y; // ( (?: (?= (?! (?<= (?<! (?<name>
const QUANTIFIER = /(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/y; // * +? {2} {2,} {2,5}
const BOUNDARY = /\$|\\[bB]/y; // looks at the next unit
const ATOM = /\[(?:[^\]\\]|\\.)*\]|\\(?:[dDwWsStnvfr]|x[\dA-Fa-f]{2}|u[\dA-Fa-f]{4}|[^A-Za-z0-9])|[^\\[(]/y; // [a-z] \d \. a

/** Most groups within groups. */
const MAX_DEPTH = 100;

const ASCII = 128;
const ASCII_UNITS = String.fromCharCode(...Array.from({ length: ASCII }, (_, unit) => unit));
const WIDE = /[^\0-\x7f]|\\[usSDW]|\\x[89A-Fa-f]|\[\^|^\.$/; // é \u00e9 \s (a no-break space) \S \xe9 [^a] .

/** Tests that were made, by what they accept: patterns share most of them. */
const tests = new Map<string, UnitTest>();

/** What an atom accepts, as the engine of the language says, asked once for each ASCII unit. */
const unitTest = (atom: string, flags: string): UnitTest => {
  const key = `${flags} ${atom}`;
  const made = tests.get(key);
  if (made !== undefined) return made;
  const source = /^[{}\]]$/.test(atom) ? `\\${atom}` : atom;
  const pattern = new RegExp(`^${source}$`, flags);
  const accepts = (unit: number): boolean => pattern.test(String.fromCharCode(unit));
  const ascii = new Uint8Array(ASCII);
  for (const { index } of ASCII_UNITS.matchAll(new RegExp(source, `${flags}g`))) ascii[index] = 1;
  const wide = WIDE.test(atom);
  const test = Object.assign((unit: number) => (unit < ASCII ? ascii[unit] === 1 : wide && accepts(unit)), { wide });
  tests.set(key, test);
  return test;
};

/**
 * The parts of a pattern, greedy and lazy alike; what is behind is known, so that looks behind change nothing later.
 * Undefined for what it does not know: flags `u` and `v`, references back, looks behind beyond {@link CONTEXT}, modifiers,
 * octal and control escapes.
 */
export const parsePattern = ({ source, flags }: RegExp): PatternPart | undefined => {
  if (/[uv]/.test(flags)) return undefined;
  const unitFlags = flags.replaceAll(/[^is]/g, '');
  let at = 0;
  let depth = 0;
  let known = true;

  const take = (what: RegExp): RegExpExecArray | null => {
    what.lastIndex = at;
    const found = what.exec(source);
    at += found?.[0].length ?? 0;
    return found;
  };
  const giveUp = (): PatternPart => {
    known = false;
    at = source.length;
    return NOTHING;
  };

  const readGroup = (): PatternPart => {
    const opening = take(GROUP)?.[0] ?? '';
    if ((opening === '(' && source[at] === '?') || depth >= MAX_DEPTH) return giveUp();
    depth += 1;
    const part = readChoice();
    depth -= 1;
    at += 1;
    if (/<[=!]$/.test(opening)) return longestOf(part) <= CONTEXT ? NOTHING : giveUp();
    return /[=!]$/.test(opening) ? { kind: 'look', part } : part;
  };

  const readTerm = (): PatternPart => {
    if (source[at] === '(') return readGroup();
    if (take(BOUNDARY) !== null) return LOOK_AT_NEXT;
    const atom = take(ATOM)?.[0];
    if (atom === undefined) return giveUp();
    if (atom === '^') return NOTHING;
    return { kind: 'unit', accepts: unitTest(atom, unitFlags) };
  };

  const readQuantified = (): PatternPart => {
    const part = readTerm();
    const quantifier = take(QUANTIFIER);
    if (quantifier === null) return part;
    const [, sign, least, comma, most] = quantifier;
    if (sign !== undefined)
      return { kind: 'repeat', part, min: sign === '+' ? 1 : 0, max: sign === '?' ? 1 : Infinity };
    const max = comma === '' ? Number(least) : Number(most || Infinity);
    return { kind: 'repeat', part, min: Number(least), max };
  };

  const readSequence = (): PatternPart => {
    const parts: PatternPart[] = [];
    while (at < source.length && source[at] !== '|' && source[at] !== ')') parts.push(readQuantified());
    return { kind: 'sequence', parts };
  };

  const readChoice = (): PatternPart => {
    const options = [readSequence()];
    while (source[at] === '|') {
      at += 1;
      options.push(readSequence());
    }
    return { kind: 'choice', options };
  };

  const pattern = readChoice();
  return known ? pattern : undefined;
};

/** Most units that a pattern looks at, its look-aheads included: an upper bound. */
export const longestOf = (part: PatternPart): number => {
  if (part.kind === 'unit') return 1;
  if (part.kind === 'look') return longestOf(part.part);
  if (part.kind === 'repeat') {
    const longest = longestOf(part.part);
    return longest === 0 || part.max === 0 ? 0 : longest * part.max;
  }
  if (part.kind === 'choice') return Math.max(...part.options.map(longestOf));
  const looks = part.parts.filter(({ kind }) => kind === 'look').map(longestOf);
  const taken = part.parts.filter(({ kind }) => kind !== 'look').map(longestOf);
  return taken.reduce((sum, length) => sum + length, 0) + Math.max(0, ...looks);
};
