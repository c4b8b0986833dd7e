/** What begins at the beginning of a line: a fence, a command, a query, configuration. */

import type { Fence } from './fence.ts';
import { type Language, languageOf } from './languages.ts';
import { isLineOf, LINE_RULES, type LineRule } from './rules.ts';
import { CONTENT_HOLD } from './types.ts';

/** More text is needed to tell. */
export const UNSETTLED: unique symbol = Symbol('unsettled');

/** What begins on a line, behind its blanks and marks. */
export interface LineStart {
  /** Index behind blanks, marks of lists and quotations, and a label. */
  readonly at: number;
  /** Whether a label of the policy stands before it. */
  readonly labelled: boolean;
  /** Column of a list item's content, when the line begins one; -1 when it ends all. */
  readonly list: number | undefined;
  readonly fence?: Fence & { readonly language: Language; readonly opening: number };
  readonly rule?: LineRule;
  /** YAML front matter, an INI section. */
  readonly block?: 'front-matter' | 'section';
}

/** How a label begins and ends. */
export const LABEL: RegExp = /\[code: [a-z]{1,16}, not run\] ?/y;
const LABEL_HOLD = 40;
const MARK = /(?:[-*+]|[0-9]{1,9}[.)])(?=[ \t])|>/y;
const BEGUN_MARK = /(?:[-*+]|[0-9]{1,9}[.)]?)$/y;
const MAX_MARKS = 8;
const MAX_COLUMNS = 64;
const FRONT_MATTER = /---[ \t]{0,8}\r?\n[\w-]{1,64}:[ \n]/y;
const BEGUN_FRONT_MATTER = /^-{1,3}(?:[ \t]{0,8}\r?(?:\n[\w-]{0,64}:?)?)?$/;
const SECTION = /\[[\w .-]{1,64}\][ \t]{0,8}\r?\n[\w.-]{1,64}[ \t]{0,8}=/y;
const BEGUN_SECTION = /^\[[\w .-]{0,64}(?:\][ \t]{0,8}\r?(?:\n[\w.-]{0,64}[ \t]{0,8})?)?$/;
const MAX_WORD = 64;
const BEGUN_SETTING = /^[A-Z][A-Z0-9_]{1,63}=/;

const matchesAt = (pattern: RegExp, text: string, at: number): number => {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
};

/** The index of the first unit from `at` that is not `sign`, `limit` at most. */
export const runEnd = (text: string, at: number, sign: number, limit: number): number => {
  let end = at;
  while (end < limit && end < text.length && text.charCodeAt(end) === sign) end += 1;
  return end;
};

/** The rule that a line satisfies. */
export const ruleOf = (line: string, kinds: readonly LineRule[] = LINE_RULES): LineRule | undefined => {
  const word = /^\S{1,512}/.exec(line)?.[0] ?? '';
  return kinds.find((rule) => rule.word.test(word) && isLineOf(rule, line));
};

const readLine = (text: string, at: number, final: boolean): LineRule | undefined | typeof UNSETTLED => {
  let end = at;
  while (end < text.length && text.charCodeAt(end) > 0x20 && text.charCodeAt(end) < 0x7f && end - at < CONTENT_HOLD)
    end += 1;
  const word = text.slice(at, end);
  const isWhole = end < text.length || final;
  if (!isWhole && (word.length <= MAX_WORD || (BEGUN_SETTING.test(word) && word.length < CONTENT_HOLD)))
    return UNSETTLED;
  if (word === '' || (end < text.length && text.charCodeAt(end) >= 0x7f && !word.includes('='))) return undefined;
  if (!LINE_RULES.some((rule) => rule.word.test(word))) return undefined;
  const newline = text.indexOf('\n', at);
  const line = newline < 0 || newline - at > CONTENT_HOLD ? text.slice(at, at + CONTENT_HOLD) : text.slice(at, newline);
  if (newline < 0 && !final && line.length < CONTENT_HOLD) return UNSETTLED;
  return ruleOf(line.endsWith('\r') ? line.slice(0, -1) : line);
};

type OpenFence = NonNullable<LineStart['fence']>;

const readOpening = (
  text: string,
  at: number,
  columns: number,
  final: boolean,
): OpenFence | undefined | typeof UNSETTLED => {
  const sign = text.charCodeAt(at);
  const end = runEnd(text, at, sign, at + CONTENT_HOLD);
  if (end - at === CONTENT_HOLD)
    return { sign, length: CONTENT_HOLD, indent: columns + 3, language: 'other', opening: end };
  if (end >= text.length && !final) return UNSETTLED;
  if (end - at < 3) return undefined;
  const newline = text.indexOf('\n', end);
  const isLong = newline < 0 ? text.length - end > CONTENT_HOLD : newline - end > CONTENT_HOLD;
  if (newline < 0 && !final && !isLong) return UNSETTLED;
  const info = text.slice(end, isLong ? end + CONTENT_HOLD : newline < 0 ? text.length : newline);
  if (sign === 0x60 && info.includes('`')) return undefined;
  return { sign, length: end - at, indent: columns + 3, language: languageOf(info), opening: end };
};

/** What begins at `from`, where a line does; `columns` is the indentation that list items above allow. */
export const lineStartAt = (
  text: string,
  from: number,
  columns: number,
  isFirst: boolean,
  final: boolean,
  rules: readonly LineRule[],
): LineStart | typeof UNSETTLED => {
  let at = from;
  let column = 0;
  let indent = 0;
  let list: number | undefined;
  for (let marks = 0; marks < MAX_MARKS; marks++) {
    const start = at;
    while (at < text.length && at - from < MAX_COLUMNS && (text[at] === ' ' || text[at] === '\t')) at += 1;
    indent = 0;
    for (let index = start; index < at; index++) indent += text[index] === '\t' ? 4 : 1;
    column += indent;
    if (at >= text.length) break;
    const end = matchesAt(MARK, text, at);
    if (end < 0) break;
    column += end - at;
    if (text[at] !== '>') list = column + 1;
    at = end;
  }
  if (!final && (at >= text.length || matchesAt(BEGUN_MARK, text, at) >= 0)) return UNSETTLED;
  if (list === undefined && column === 0 && at < text.length && text[at] !== '\n' && text[at] !== '\r') list = -1;
  const allowed = list === undefined ? columns : Math.max(0, list);
  const label = matchesAt(LABEL, text, at);
  if (label < 0 && !final && text[at] === '[' && text.length - at < LABEL_HOLD && isBegunLabel(text.slice(at)))
    return UNSETTLED;
  const labelled = label >= 0;
  at = labelled ? label : at;
  if (labelled && at >= text.length && !final) return UNSETTLED;
  const found = { at, labelled, list };
  const sign = text[at];
  if ((sign === '`' || sign === '~') && (list !== undefined && list > 0 ? indent <= 4 : column <= allowed + 3)) {
    const fence = readOpening(text, at, list === undefined || list < 0 ? allowed : column, final);
    if (fence === UNSETTLED) return UNSETTLED;
    return fence === undefined ? found : { ...found, fence };
  }
  if (sign === '[' || (isFirst && sign === '-')) {
    const rest = text.slice(at, at + 2 * MAX_COLUMNS + MAX_WORD);
    if (matchesAt(SECTION, text, at) >= 0) return { ...found, block: 'section' };
    if (isFirst && matchesAt(FRONT_MATTER, text, at) >= 0) return { ...found, block: 'front-matter' };
    const begun = BEGUN_SECTION.test(rest) || (isFirst && BEGUN_FRONT_MATTER.test(rest));
    return begun && !final ? UNSETTLED : found;
  }
  const rule = rules.length === 0 ? undefined : readLine(text, at, final);
  if (rule === UNSETTLED) return UNSETTLED;
  return rule === undefined ? found : { ...found, rule };
};

const LABEL_BEGINNING = '[code: ';
const isBegunLabel = (text: string): boolean =>
  text.length < LABEL_BEGINNING.length
    ? LABEL_BEGINNING.startsWith(text)
    : text.startsWith(LABEL_BEGINNING) && !text.includes('\n');
