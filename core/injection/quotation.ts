/** Quotation: how a span of a folded text stands in quotation marks. */

import { CLASS, classOf } from '../text/characters.ts';
import type { Channel } from './types.ts';

/** Not quoted at all, in passing, or to be spoken about. */
export type Quotation = 'none' | 'quoted' | 'discussed';

/** Longest quotation, in units, before and after the match: whoever quotes a whole prompt wants it read. */
const MAX_QUOTED = 160;
/** Longest quotation that can be spoken about, and how far into it the match may stand. */
const MAX_DISCUSSED = 90;
const MAX_LEAD = 24;
/** How far around the quotation words are looked for. */
const AROUND = 120;
/** Units right before a quotation in which an order to do what is quoted ends. */
const LEAD_UP = 24;

const ABOUT =
  /\b(?:why|explain|what does|what is|what are|mean|means|meaning|called|quote|quoted|quotation|spelt|spelling|subtitle|subtitles|syllable|wording|fixture|classify|phrase|phrases|word|words|sentence|example|examples|such as|attack|attacks|attacker|attackers|jailbreak|jailbreaks|injection|detect|detects|detection|filter|block|write a test|unit test|in comments|translate|convert|warum|erklare|bedeutet|pourquoi|explique|por que|explica|perche|spiega)\b/;

/** An order that follows the quotation makes it more than a mention. */
const ORDER_AFTER =
  /^[^\p{L}]{0,4}(?:and|then|now|und|et|y|e|,)?\s{0,2}(?:do it|do so|say|print|reveal|obey|comply|follow|output|answer|reply)\b/u;

/** What is quoted is to be done or said: "start with …", "follow this: …". */
const ORDER_BEFORE =
  /\b(?:with|say|saying|print|output|reply|respond|answer|do|obey|follow|follows|execute|run)[^\p{L}]{0,4}$/u;

/** Words outside a quotation that make it one: whoever sends nothing else wants it read. */
const MIN_OUTSIDE = 4;

const [DOUBLE, SINGLE, BACKTICK] = [0x22, 0x27, 0x60];
const isMark = (unit: number): boolean => unit === DOUBLE || unit === SINGLE || unit === BACKTICK;

const isWordUnit = (text: string, at: number): boolean => classOf(text.charCodeAt(at)) >= CLASS.letter;

const isBlank = (text: string, at: number): boolean => {
  const kind = classOf(text.charCodeAt(at));
  return kind === CLASS.blank || kind === CLASS.line;
};

/** Whether a mark opens a quotation: an apostrophe has a letter before it, a closing mark a blank behind it. */
const isOpening = (text: string, at: number): boolean =>
  isMark(text.charCodeAt(at)) && (at === 0 || !isWordUnit(text, at - 1)) && !isBlank(text, at + 1);

const isClosing = (text: string, at: number, mark: number): boolean =>
  text.charCodeAt(at) === mark && (at + 1 === text.length || !isWordUnit(text, at + 1)) && !isBlank(text, at - 1);

const openingBefore = (text: string, start: number): number => {
  const least = Math.max(0, start - MAX_QUOTED);
  for (let at = start - 1; at >= least; at--) {
    if (!isMark(text.charCodeAt(at))) continue;
    if (isOpening(text, at)) return at;
    // An apostrophe may end a word; any other mark has ended a quotation.
    if (text.charCodeAt(at) !== SINGLE) return -1;
  }
  return -1;
};

const closingAfter = (text: string, end: number, mark: number): number => {
  const most = Math.min(text.length, end + MAX_QUOTED);
  for (let at = end; at < most; at++) if (isClosing(text, at, mark)) return at;
  return -1;
};

/** "kept short. Then", "no!\nNow" */
const isSentenceEnd = (text: string, at: number): boolean => {
  const kind = classOf(text.charCodeAt(at));
  return kind === CLASS.line || (kind === CLASS.sentence && (at + 1 === text.length || isBlank(text, at + 1)));
};

const hasSentenceEnd = (text: string, start: number, end: number): boolean => {
  for (let at = start; at < end; at++) if (isSentenceEnd(text, at)) return true;
  return false;
};

/** Counts words, up to the number that is asked for. */
const wordsIn = (text: string, start: number, end: number, enough: number): number => {
  let words = 0;
  for (let at = start; at < end && words < enough; at++)
    if (isWordUnit(text, at) && (at === start || !isWordUnit(text, at - 1))) words += 1;
  return words;
};

const isAmongWords = (text: string, least: number, from: number, to: number, most: number): boolean => {
  const ahead = wordsIn(text, least, from, MIN_OUTSIDE);
  return ahead + wordsIn(text, to, most, MIN_OUTSIDE - ahead) >= MIN_OUTSIDE;
};

const sentenceBefore = (text: string, least: number, end: number): string => {
  let start = end;
  while (start > least && !isSentenceEnd(text, start - 1)) start -= 1;
  return text.slice(start, end);
};

const sentenceAfter = (text: string, start: number, most: number): string => {
  let end = start;
  while (end < most && !isSentenceEnd(text, end)) end += 1;
  return text.slice(start, end);
};

/** How the span of a match is quoted. In data, only what is said in the sentence of a quotation is said about it. */
export const quotationOf = (text: string, start: number, end: number, channel: Channel): Quotation => {
  const from = openingBefore(text, start);
  if (from < 0) return 'none';
  const mark = text.charCodeAt(from);
  for (let at = start; at < end; at++) if (isClosing(text, at, mark)) return 'none';
  const last = closingAfter(text, end, mark);
  if (last < 0 || ORDER_AFTER.test(text.slice(last + 1, last + 41))) return 'none';
  const to = last + 1;
  const [least, most] = [Math.max(0, from - AROUND), Math.min(text.length, to + AROUND)];
  if (ORDER_BEFORE.test(text.slice(Math.max(0, from - LEAD_UP), from))) return 'none';
  if (to - from <= MAX_DISCUSSED && start - from <= MAX_LEAD) {
    const isOwn = channel === 'data';
    const ahead = isOwn ? sentenceBefore(text, least, from) : text.slice(least, from);
    const behind = isOwn ? sentenceAfter(text, to, most) : text.slice(to, most);
    if (ABOUT.test(ahead) || ABOUT.test(behind)) return 'discussed';
  }
  // Only a caller's own "…" may hold several sentences: an apostrophe is taken for a mark too easily.
  const mayGoOn = channel === 'user' && mark === DOUBLE;
  if (!mayGoOn && hasSentenceEnd(text, from + 1, start)) return 'none';
  return isAmongWords(text, least, from, to, most) ? 'quoted' : 'none';
};
