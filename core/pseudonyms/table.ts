/** Which stand-in stands for which value, for one request. */

import { CODE_LENGTH, codesIn, headOf, isLetter } from './stand-in.ts';

/** Most values that have stand-ins of their own, and most codes that are kept clear of. */
export const MAX_STAND_INS = 10_000;

/** A value that a stand-in stands for. */
export interface Named {
  readonly entity: string;
  readonly value: string;
}

/** A stand-in in a text. */
export interface StandInAt extends Named {
  readonly start: number;
  readonly end: number;
}

/** The stand-ins of one request. Nobody else has this table: what is not in it is never restored. */
export interface StandInTable {
  readonly size: number;
  /** The stand-in of a value. `codesOf` gives the codes that it may get; one that is taken or stands in a text is none. */
  nameOf(named: Named, codesOf: () => readonly string[]): string;
  /** Keeps clear of the codes that stand in a text and are not of this table: somebody wrote them there. */
  keepClearOf(text: string): void;
  /** Whether a text is a stand-in of this table, and nothing else. */
  has(text: string): boolean;
  /** The stand-ins in a text, in order, not overlapping. One may stand right behind another, and at `behind`. */
  find(text: string, behind?: number): readonly StandInAt[];
  /** How many units at the end of a text may be the beginning of a stand-in. */
  begunAtEnd(text: string, behind: number): number;
}

/** Units before a stand-in that say whether a word begins with it. */
export const LOOK_BACK = 6;

const UNDERSCORE = 0x5f;
const BACKSLASH = 0x5c;

const isAlphanumeric = (unit: number): boolean => (unit >= 0x30 && unit <= 0x39) || isAsciiLetter(unit);
const isAsciiLetter = (unit: number): boolean => (unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a && unit < 0x80;

/** Whether a unit can stand in what is before a code. Turkish has `i` and `I` of its own: they are the same letter here. */
const isNameUnit = (unit: number): boolean =>
  isAlphanumeric(unit) || unit === UNDERSCORE || unit === BACKSLASH || unit >= 0x80;

/**
 * Whether a word may begin at `index`. Within pieces of JSON the letter before it may end an escape:
 * `\nEMAIL_ADDRESS_…`, `\u003cEMAIL_ADDRESS_…`.
 */
const isWordStart = (text: string, index: number): boolean => {
  if (index === 0 || !isAlphanumeric(text.charCodeAt(index - 1))) return true;
  for (let at = index - 2; at >= 0 && at >= index - LOOK_BACK; at--) if (text.charCodeAt(at) === BACKSLASH) return true;
  return false;
};

/** A name with underscores as they are, and as markdown escapes them. */
const spellingsOf = (head: string): readonly string[] => [head, head.replaceAll('_', '\\_')];

/** A value, and what stands before its code. */
interface Known extends Named {
  readonly heads: readonly string[];
}

const NOBODY: Known = { entity: '', value: '', heads: [] };

/** An empty table. */
export const createStandInTable = (): StandInTable => {
  const names = new Map<string, string>();
  const byCode = new Map<string, Known>();
  const foreign = new Set<string>();
  /** Every beginning of what stands before a code, and all of it with its underscore. */
  const beginnings = new Set<string>();
  const complete = new Set<string>();
  let longest = 0;

  const learn = (head: string): void => {
    for (const spelling of spellingsOf(head))
      for (const whole of [`${spelling}_`, `${spelling}\\_`]) {
        complete.add(whole);
        longest = Math.max(longest, whole.length);
        for (let length = 1; length <= whole.length; length++) beginnings.add(whole.slice(0, length));
      }
  };

  /** Length of the longest of `wanted` that ends the text, where a word begins with it or at `behind`. */
  const lengthAtEnd = (text: string, behind: number, wanted: ReadonlySet<string>): number => {
    const end = text.length;
    let found = 0;
    for (let start = end - 1; start >= Math.max(0, end - longest) && isNameUnit(text.charCodeAt(start)); start--)
      if ((start === behind || isWordStart(text, start)) && wanted.has(text.slice(start).toUpperCase()))
        found = end - start;
    return found;
  };

  const find = (text: string, behind = -1): readonly StandInAt[] => {
    const found: StandInAt[] = [];
    let last = behind;
    for (const { code, start: underscore, end } of codesIn(text)) {
      const { entity, value, heads } = byCode.get(code) ?? NOBODY;
      const head = heads.find(
        (each) => text.slice(Math.max(0, underscore - each.length), underscore).toUpperCase() === each,
      );
      const start = underscore - (head?.length ?? 0);
      if (head === undefined || (start !== last && !isWordStart(text, start))) continue;
      found.push({ entity, value, start, end });
      last = end;
    }
    return found;
  };

  return {
    get size() {
      return byCode.size;
    },
    nameOf(named, codesOf) {
      const { entity, value } = named;
      const key = `${entity}\n${value}`;
      const known = names.get(key);
      if (known !== undefined) return known;
      const head = headOf(entity);
      const isFull = byCode.size >= MAX_STAND_INS || foreign.size >= MAX_STAND_INS;
      const code = isFull ? undefined : codesOf().find((each) => !byCode.has(each) && !foreign.has(each));
      // What has no code of its own is hidden all the same, and stays hidden.
      if (code === undefined) return `[${head}]`;
      const name = `${head}_${code}`;
      names.set(key, name);
      byCode.set(code, { entity, value, heads: spellingsOf(head) });
      learn(head);
      return name;
    },
    keepClearOf(text) {
      for (const { code } of codesIn(text)) if (!byCode.has(code) && foreign.size < MAX_STAND_INS) foreign.add(code);
    },
    has(text) {
      const [first] = find(text);
      return first?.start === 0 && first.end === text.length;
    },
    find,
    begunAtEnd(text, behind) {
      if (byCode.size === 0) return 0;
      let letters = 0;
      while (letters < CODE_LENGTH && isLetter(text.charCodeAt(text.length - 1 - letters))) letters += 1;
      const isBegun = letters > 0 && letters < CODE_LENGTH;
      const named = isBegun ? lengthAtEnd(text.slice(0, -letters), behind, complete) : 0;
      return Math.max(named === 0 ? 0 : named + letters, lengthAtEnd(text, behind, beginnings));
    },
  };
};
