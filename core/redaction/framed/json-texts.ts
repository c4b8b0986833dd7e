/** Where the texts of a JSON document are, so that they can be replaced and all else stays byte by byte. */

import { MIN_DIGITS } from '../redact-json.ts';
import { isIndex } from './members.ts';

/** A string or number of a JSON document. */
export interface JsonText {
  readonly kind: 'string' | 'number' | 'key';
  /** Offsets in the document, quotes included. */
  readonly start: number;
  readonly end: number;
  /** Decoded; for a number, its digits. */
  readonly text: string;
  /** Name of the member that it is the value of, `''` for none. */
  readonly name: string;
  /** What it is about: its name, or that of the list that it is in. */
  readonly about: string;
  readonly scope: Scope;
}

/** The container of a text, for those that are not too deep. */
export interface Scope {
  /** `.choices[].delta`: elements of a list are not told apart, as their texts often go on from each other. */
  readonly path: string;
  readonly parent: Scope | undefined;
  /** Its members that tell texts apart, with their values. */
  indices: string;
  /** What {@link laneOf} said of its texts, once all members are known. */
  lane?: string;
}

/** Deeper containers, and those of longer paths, count as their ancestor. */
const MAX_DEPTH = 64;
const MAX_PATH = 512;

const MAX_INDICES = 128;
/** Longer lanes are not told apart by their outer containers. */
const MAX_LANE = 512;

interface Level {
  readonly list: boolean;
  readonly scope: Scope;
  readonly depth: number;
  /** Of a list, what its elements are about. */
  readonly about: string;
  name: string;
  key: boolean;
}

const QUOTE = 0x22;
const NUMBER = /-?\d[\d.eE+-]*/y; // -12.5e3

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** Where a string ends that begins at `start`. */
const stringEnd = (text: string, start: number): number => {
  let at = start + 1;
  for (let unit = text.charCodeAt(at); unit !== QUOTE; unit = text.charCodeAt(at)) at += unit === 0x5c ? 2 : 1;
  return at + 1;
};

const decode = (text: string, start: number, end: number): string => {
  const inside = text.slice(start + 1, end - 1);
  return inside.includes('\\') ? String(JSON.parse(text.slice(start, end))) : inside;
};

/** The digits of a number, whatever its notation, as far as they are exact. */
const digitsOf = (number: string): string => {
  const value = Number(number);
  return Number.isSafeInteger(value) ? String(value) : number;
};

const join = (path: string, name: string): string => (path.length + name.length > MAX_PATH ? path : path + name);

const scopeWithin = ({ list, scope, depth, name }: Level): Scope =>
  depth >= MAX_DEPTH ? scope : { path: join(scope.path, list ? '[]' : `.${name}`), parent: scope, indices: '' };

/** Where a text is: the names of the members that lead to it. */
export const pathOf = ({ scope, name }: JsonText): string => join(scope.path, name === '' ? '' : `.${name}`);

const laneWithin = (scope: Scope): string => {
  let lane = '';
  let up = 0;
  for (let each: Scope | undefined = scope; each !== undefined && lane.length < MAX_LANE; each = each.parent) {
    if (each.indices !== '') lane += `${up}${each.indices} `;
    up += 1;
  }
  return lane;
};

/** What tells a text apart from others at its path: the indices of the containers around it. */
export const laneOf = ({ scope }: JsonText): string => {
  scope.lane ??= laneWithin(scope);
  return scope.lane;
};

/**
 * The strings, longer numbers and keys of a JSON text in order, or undefined when it is none. Iterative, and in one pass
 * over the text itself: a member that another one of the same name hides is seen, too.
 */
export const jsonTexts = (text: string, root: string): readonly JsonText[] | undefined => {
  if (!isJson(text)) return undefined;
  const found: JsonText[] = [];
  const levels: Level[] = [];
  let level: Level = {
    list: true,
    scope: { path: root, parent: undefined, indices: '' },
    depth: 0,
    about: '',
    name: '',
    key: false,
  };

  const note = (kind: JsonText['kind'], start: number, end: number, value: string): void => {
    const { scope, name, list } = level;
    found.push({ kind, start, end, text: value, name, about: list ? level.about : name, scope });
    if (isIndex(name) && scope.indices.length + value.length < MAX_INDICES) scope.indices += `,${name}=${value}`;
  };

  const readString = (start: number): number => {
    const end = stringEnd(text, start);
    const value = decode(text, start, end);
    if (level.key) {
      level.name = '';
      note('key', start, end, value);
      level.name = value;
    } else note('string', start, end, value);
    return end;
  };

  const readNumber = (start: number): number => {
    NUMBER.lastIndex = start;
    NUMBER.test(text);
    const end = NUMBER.lastIndex;
    const digits = digitsOf(text.slice(start, end));
    if (digits.length >= MIN_DIGITS || isIndex(level.name)) note('number', start, end, digits);
    return end;
  };

  const enter = (list: boolean): void => {
    levels.push(level);
    const scope = levels.length === 1 ? level.scope : scopeWithin(level);
    const about = list ? (level.list ? level.about : level.name) : '';
    level = { list, scope, depth: level.depth + 1, about, name: '', key: !list };
  };

  for (let at = 0; at < text.length; ) {
    const character = text[at] ?? '';
    if (character === '"') {
      at = readString(at);
      continue;
    }
    if (character === '-' || (character >= '0' && character <= '9')) {
      at = readNumber(at);
      continue;
    }
    if (character === '{' || character === '[') enter(character === '[');
    else if (character === '}' || character === ']') level = levels.pop() ?? level;
    else if (character === ':') level.key = false;
    else if (character === ',') level.key = !level.list;
    at += 1;
  }
  return found;
};
