/** Reads the syntax of a pattern: as much of it as the bounded, linear patterns of detectors need. */

/** Whether a UTF-16 unit is one that stands for itself, a class or a dot. */
export type UnitTest = (unit: number) => boolean;

/** A part of a pattern. */
export type PatternPart =
  | { readonly kind: 'unit'; readonly accepts: UnitTest }
  | { readonly kind: 'sequence'; readonly parts: readonly PatternPart[] }
  | { readonly kind: 'choice'; readonly options: readonly PatternPart[] }
  | { readonly kind: 'repeat'; readonly part: PatternPart; readonly min: number; readonly max: number }
  /** Looks at text without taking it: a look-ahead of either sign, the end, a word boundary. */
  | { readonly kind: 'look'; readonly part: PatternPart };

const NOTHING: PatternPart = { kind: 'sequence', parts: [] };
const LOOK_AT_NEXT: PatternPart = { kind: 'look', part: { kind: 'unit', accepts: () => true } };

const GROUP = /\((?:\?(?:[:=!]|<[^=!>][^>]*>))?/y; // ( (?: (?= (?! (?<name>
const QUANTIFIER = /(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/y; // * +? {2} {2,} {2,5}
const BOUNDARY = /\$|\\[bB]/y; // looks at the next unit
const ATOM = /\[(?:[^\]\\]|\\.)*\]|\\(?:[dDwWsStnvfr]|x[\dA-Fa-f]{2}|u[\dA-Fa-f]{4}|[^A-Za-z0-9])|[^\\[(]/y; // [a-z] \d \. a

/** Most groups within groups. */
const MAX_DEPTH = 100;

const ASCII = 128;
const UNTESTED = -1;

/** What an atom accepts, as the engine of the language says, asked once for each ASCII unit. */
const unitTest = (atom: string, flags: string): UnitTest => {
  if (atom.length === 1 && atom !== '.' && flags === '') return (unit) => unit === atom.charCodeAt(0);
  const literal = /^[{}\]]$/.test(atom) ? `\\${atom}` : atom;
  const pattern = new RegExp(`^${literal}$`, flags);
  const test: UnitTest = (unit) => pattern.test(String.fromCharCode(unit));
  const known = new Int8Array(ASCII).fill(UNTESTED);
  return (unit) => {
    if (unit >= ASCII) return test(unit);
    if (known[unit] === UNTESTED) known[unit] = test(unit) ? 1 : 0;
    return known[unit] === 1;
  };
};

/**
 * The parts of a pattern, greedy and lazy alike. Undefined for what it does not know: flags `u` and `v`, references back,
 * looks behind, modifiers, octal and control escapes.
 */
export const parsePattern = ({ source, flags }: RegExp): PatternPart | undefined => {
  if (/[uv]/.test(flags)) return undefined;
  const unitFlags = flags.replaceAll(/[^is]/g, '');
  const tests = new Map<string, UnitTest>();
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
    return /[=!]$/.test(opening) ? { kind: 'look', part } : part;
  };

  const readTerm = (): PatternPart => {
    if (source[at] === '(') return readGroup();
    if (take(BOUNDARY) !== null) return LOOK_AT_NEXT;
    const atom = take(ATOM)?.[0];
    if (atom === undefined) return giveUp();
    if (atom === '^') return NOTHING;
    const accepts = tests.get(atom) ?? unitTest(atom, unitFlags);
    tests.set(atom, accepts);
    return { kind: 'unit', accepts };
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

/** Whether a part can match nothing. */
const canBeEmpty = (part: PatternPart): boolean => {
  if (part.kind === 'unit') return false;
  if (part.kind === 'sequence') return part.parts.every(canBeEmpty);
  if (part.kind === 'choice') return part.options.some(canBeEmpty);
  return part.kind === 'look' || part.min === 0 || canBeEmpty(part.part);
};

/** Which units a match of a pattern can begin with; any, where the pattern is not known. */
export const firstUnits = (pattern: PatternPart | undefined): UnitTest => {
  if (pattern === undefined) return () => true;
  if (pattern.kind === 'unit') return pattern.accepts;
  if (pattern.kind === 'look') return () => false;
  if (pattern.kind === 'repeat') return firstUnits(pattern.part);
  const parts = pattern.kind === 'choice' ? pattern.options : pattern.parts;
  const first = pattern.kind === 'choice' ? parts : parts.slice(0, parts.findIndex((part) => !canBeEmpty(part)) + 1);
  const tests = first.map(firstUnits);
  return (unit) => tests.some((accepts) => accepts(unit));
};
