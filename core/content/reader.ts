/** What the parts of the policy share: the text under way, and what has been given of it. */

import { readTag } from '../exfiltration/tag-reading.ts';
import type { FenceReading } from './fence.ts';
import type { Language } from './languages.ts';
import type { Swallow } from './swallow.ts';
import type { ContentAction, ContentFinding, ContentKind } from './types.ts';

/** What becomes of a kind in a language. */
export type ActionFor = (kind: ContentKind, language: Language) => ContentAction;

/** A place of reading. */
export interface Reader {
  readonly actionFor: ActionFor;
  readonly findings: ContentFinding[];
  /** From what is read to what was pushed. */
  readonly locate: (place: number, asEnd: boolean) => number;
  text: string;
  /** Units read before `text`. */
  origin: number;
  at: number;
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
const MAX_TAIL = 8 * TAIL;

/** A reader at the beginning of a text. */
export const createReader = (actionFor: ActionFor, locate: Reader['locate']): Reader => ({
  actionFor,
  locate,
  findings: [],
  text: '',
  origin: 0,
  at: 0,
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

/** Gives a text. */
export const put = (reader: Reader, text: string): void => {
  reader.out += text;
  reader.tail = text.length >= TAIL ? text.slice(-TAIL) : reader.tail + text;
  if (reader.tail.length > MAX_TAIL) reader.tail = reader.tail.slice(-TAIL);
  for (let at = 0; reader.tags !== 0 && at < text.length; at++) reader.tags = readTag(reader.tags, text.charCodeAt(at));
};

/** Gives what is read up to an index. */
export const pass = (reader: Reader, to: number): void => {
  if (to > reader.at) put(reader, reader.text.slice(reader.at, to));
  reader.at = to;
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
  reader.at = from;
  reader.swallow = swallow;
  reader.keepsLine = keepsLine;
  reader.passedLine = false;
};

/** Puts a label before what comes, unless one is there. */
export const putLabel = (reader: Reader, language: Language, end: string): void => {
  const label = labelOf(language) + end;
  if (!reader.tail.endsWith(label)) put(reader, label);
};
