/** Phrases of the lexicon that stand for two things in one language. */

import type { DataText } from './data-line.ts';
import { wordsOf } from './likeness.ts';

/** A phrase that stands for two things, or twice for one. */
export interface TwiceNamed {
  readonly file: string;
  readonly phrase: string;
  readonly concepts: readonly [string, string];
}

/** Phrases that come a second time in their language. The first concept counts: see `training/write/lexicon-module.ts`. */
export const phrasesNamedTwice = (texts: readonly DataText[]): readonly TwiceNamed[] =>
  texts
    .filter(({ file }) => file.startsWith('lexicon/'))
    .flatMap(({ file, content }) => {
      const conceptOf = new Map<string, string>();
      const entries = content.split('\n').flatMap((line) => {
        const [concept = '', phrases = ''] = line.split(/: (.*)/s);
        return phrases.split('|').map((phrase) => ({ concept, phrase: phrase.trim() }));
      });
      return entries.flatMap(({ concept, phrase }): TwiceNamed[] => {
        const { identity } = wordsOf(phrase);
        const first = conceptOf.get(identity);
        if (identity === '') return [];
        if (first === undefined) conceptOf.set(identity, concept);
        return first === undefined ? [] : [{ file, phrase, concepts: [first, concept] }];
      });
    });
