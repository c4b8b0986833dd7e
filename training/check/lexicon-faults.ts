/** Phrases of the lexicon that stand for two things in one language. */

import type { DataText } from './data-line.ts';
import { wordsOf } from './likeness.ts';

/** A phrase that stands for two things. */
export interface Ambiguous {
  readonly file: string;
  readonly phrase: string;
  readonly concepts: readonly [string, string];
}

/**
 * Phrases of two concepts in their language: only the first would count. One concept may have the same phrase in two
 * spellings that fold to one.
 */
export const ambiguousPhrases = (texts: readonly DataText[]): readonly Ambiguous[] =>
  texts
    .filter(({ file }) => file.startsWith('lexicon/'))
    .flatMap(({ file, content }) => {
      const conceptOf = new Map<string, string>();
      const entries = content.split('\n').flatMap((line) => {
        const [concept = '', phrases = ''] = line.split(/: (.*)/s);
        return phrases.split('|').map((phrase) => ({ concept, phrase: phrase.trim() }));
      });
      return entries.flatMap(({ concept, phrase }): Ambiguous[] => {
        const { identity } = wordsOf(phrase);
        const first = conceptOf.get(identity);
        if (identity === '') return [];
        if (first === undefined) conceptOf.set(identity, concept);
        return first === undefined || first === concept ? [] : [{ file, phrase, concepts: [first, concept] }];
      });
    });
