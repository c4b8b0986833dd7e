/** What the parts of the policy share: the text under way, and what has been given of it. */

import { readTag } from '../exfiltration/tag-reading.ts';
import type { FenceReading } from './fence.ts';
import type { Language } from './languages.ts';
import { LINE_RULES, type LineRule } from './rules.ts';
import type { Swallow } from './swallow.ts';
import type { ContentAction, ContentFinding, ContentKind } from './types.ts';

/** What becomes of a kind in a language. */
export type ActionFor = (kind: ContentKind, language: Language) => ContentAction;

/** A place of reading. */
export interface Reader {
  readonly actionFor: ActionFor;
  /** Signs that are looked at within a line, by unit. */
  readonly triggers: Uint8Array;
  /** Kinds of lines that are looked for: all, or none where all may stay. */
  readonly rules: readonly LineRule[];
  readonly findings: ContentFinding[];
  /** From what is read to what was pushed. */
  readonly locate: (place: number, asEnd: boolean) => number;
  text: string;
  /** Units read before `text`. */
  origin: number;
  at: number;
  /** First unit of `text` that is read and not given yet. */
  kept: number;
  final: boolean;
  out: string;
  /** The end of all that was given, for looks back. */
  tail: string;
  isLineStart: boolean;
  /** Column of the content of the list item under way. */
  columns: number;
  fence: FenceReading | undefined;
  /** States of the readings of the tag around, see `tag-reading.ts`. */
  tags: number;
  /** The line is found already: nothing more is looked for in it. */
  isQuiet: boolean;
  swallow: Swallow | undefined;
  /** Whether line ends that are passed over leave one. */
  keepsLine: boolean;
  passedLine: boolean;
  ended: boolean;
}

/** Looks back go no further than this. */
const TAIL = 256;
const MAX_TAIL = 2 * TAIL;

/** A reader at the beginning of a text. */
export const createReader = (actionFor: ActionFor, triggers: Uint8Array, locate: Reader['locate']): Reader => ({
  actionFor,
  triggers,
  rules: LINE_RULES.some(({ kind, language }) => actionFor(kind, language) !== 'allow') ? LINE_RULES : [],
  locate,
  findings: [],
  text: '',
  origin: 0,
  at: 0,
  kept: 0,
  final: false,
  out: '',
  tail: '',
  isLineStart: true,
  columns: 0,
  fence: undefined,
  tags: 0,
  isQuiet: false,
  swallow: undefined,
  keepsLine: false,
  passedLine: false,
  ended: false,
});

const give = (reader: Reader, text: string): void => {
  reader.out += text;
  reader.tail = text.length >= TAIL ? text.slice(-TAIL) : reader.tail + text;
  if (reader.tail.length > MAX_TAIL) reader.tail = reader.tail.slice(-TAIL);
};

/** Gives what was passed. */
export const flush = (reader: Reader): void => {
  if (reader.kept < reader.at) give(reader, reader.text.slice(reader.kept, reader.at));
  reader.kept = reader.at;
};

/** The end of all that was given, for looks back. */
export const tailOf = (reader: Reader): string => {
  flush(reader);
  return reader.tail;
};

const readTags = (reader: Reader, text: string, from: number, to: number): void => {
  let { tags } = reader;
  for (let at = from; tags !== 0 && at < to; at++) tags = readTag(tags, text.charCodeAt(at));
  reader.tags = tags;
};

/** Gives a text. */
export const put = (reader: Reader, text: string): void => {
  flush(reader);
  give(reader, text);
  if (reader.tags !== 0) readTags(reader, text, 0, text.length);
};

/** Gives what is read up to an index, as soon as something asks for it. */
export const pass = (reader: Reader, to: number): void => {
  if (reader.tags !== 0) readTags(reader, reader.text, reader.at, to);
  if (to > reader.at) reader.at = to;
};

/** Leaves out what is read up to an index. */
export const skipTo = (reader: Reader, to: number): void => {
  flush(reader);
  reader.at = to;
  reader.kept = to;
};

/** What stands in place of code. */
export const placeholderOf = (language: Language): string => `[CODE_REMOVED: ${language}]`;

/** What stands before code that stays. */
export const labelOf = (language: Language): string => `[code: ${language}, not run]`;

/** Something found, and where it is. */
export interface Found {
  readonly kind: ContentKind;
  readonly language: Language;
  readonly start: number;
  readonly end: number;
}

/** What is done about something found; its finding is noted unless it may stay. */
export const decide = (reader: Reader, { kind, language, start, end }: Found): ContentAction => {
  const action = reader.actionFor(kind, language);
  if (action === 'allow') return action;
  const { origin, locate, findings } = reader;
  findings.push({ kind, language, action, start: locate(start + origin, false), end: locate(end + origin, true) });
  if (action === 'block') reader.ended = true;
  return action;
};

/** Goes on behind what was found last, whose rest is passed over. */
export const passOver = (reader: Reader, from: number, swallow: Swallow, keepsLine = true): void => {
  skipTo(reader, from);
  reader.swallow = swallow;
  reader.keepsLine = keepsLine;
  reader.passedLine = false;
};

/** Puts a label before what comes, unless one is there. */
export const putLabel = (reader: Reader, language: Language, end: string): void => {
  const label = labelOf(language) + end;
  if (!tailOf(reader).endsWith(label)) put(reader, label);
};
