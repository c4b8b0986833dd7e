/** Words that joined words are parted into: those of the rules' phrases, and what stands between them. */

import { fold, textOf } from '../text/fold.ts';
import type { Vocabulary } from '../text/word-trie.ts';
import { RULES } from './rules/index.ts';
import type { Rule } from './types.ts';

const BETWEEN =
  'about after all also am an and any are as at be been before but by can could do does else ever every exactly first follow following for from full get give given go had has have he her his how i if in instead into is it its just keep know let like made make me more must my never new no nothing now of on once one only or other our out own please put read really rest said say see she should so some start stop such take tell text than that the their them then there these they this those to told too until up use user very was we were what when where which who why will with within without words would write wrote yes you your';

const LATIN_WORD = /^[a-z]{1,16}$/;
const ASCII = /^[\0-\x7f]*$/;

/** Short words are none that a run may be parted into, but for these. */
const SHORT = new Set(BETWEEN.split(' '));

const lettersOf = (phrase: string): string => (ASCII.test(phrase) ? phrase.toLowerCase() : textOf(fold(phrase).units));

const vocabularyOf = (rules: readonly Rule[]): Vocabulary => {
  const words = new Set(SHORT);
  const seen = new Set<string>();
  const add = (phrase: string): void => {
    if (seen.has(phrase)) return;
    seen.add(phrase);
    for (const word of lettersOf(phrase).split(/[^a-z]/)) if (word.length > 2 && LATIN_WORD.test(word)) words.add(word);
  };
  for (const { pattern } of rules)
    for (const { phrases } of pattern.sequences) for (const group of phrases) group.phrases.forEach(add);
  return words;
};

/** Made when the module is loaded: some thousand words. */
export const VOCABULARY: Vocabulary = vocabularyOf(RULES);
