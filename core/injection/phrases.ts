/** Building blocks of rules: phrases as people write them, made into linear patterns over folded text. */

import { fold } from '../text/fold.ts';

/** What may stand between two words. */
const BETWEEN = '[^\\p{L}\\p{N}]{1,4}';
/** A word. */
const WORD = '[\\p{L}\\p{N}]{1,24}';

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** One phrase: folded, its spaces and hyphens open to any separator. */
const phrase = (text: string): string => fold(text).text.split(/[ -]/).map(escaped).join(BETWEEN);

/** Any of several phrases, separated by `|`. */
export const any = (phrases: string): string =>
  `(?:${phrases
    .split('|')
    .map((text) => phrase(text.trim()))
    .join('|')})`;

/** At most `most` words between two parts, which are words themselves. */
export const gap = (most: number): string => `(?:${BETWEEN}${WORD}){0,${most}}${BETWEEN}`;

/** At most `most` characters of the same sentence: for scripts that write no spaces. */
export const near = (most: number): string => `[^\\n.!?。！？]{0,${most}}`;

/** A pattern of parts that follow each other, from the start of a word to the end of one. */
export const words = (...parts: readonly string[]): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])${parts.join('')}(?![\\p{L}\\p{N}])`, 'gu');

/** A pattern of parts that may stand within other letters: for scripts that write no spaces. */
export const run = (...parts: readonly string[]): RegExp => new RegExp(parts.join(''), 'gu');

/** Folded texts of which one must be there before a pattern is tried. */
export const signs = (texts: string): readonly string[] => texts.split('|').map((text) => fold(text.trim()).text);
