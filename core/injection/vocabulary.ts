/** Words that joined words are parted into: those of the rules' phrases, and what stands between them. */

import { fold, textOf } from '../text/fold.ts';
import type { Vocabulary } from '../text/joined.ts';
import { RULES } from './rules/index.ts';

const BETWEEN =
  'a about after all also am an and any are as at be been before but by can could do does else ever every exactly first follow following for from full get give given go had has have he her his how i if in instead into is it its just keep know let like made make me more must my never new no nothing now of on once one only or other our out own please put read really rest said say see she should so some start stop such take tell text than that the their them then there these they this those to told too until up use user very was we were what when where which who why will with within without words would write wrote yes you your';

const LATIN_WORD = /^[a-z]{1,16}$/;

const phrasesOf = (): readonly string[] =>
  RULES.flatMap(({ pattern }) => pattern.sequences.flatMap(({ phrases }) => phrases.flatMap((group) => group.phrases)));

/** Made when the module is loaded: some thousand words. */
export const VOCABULARY: Vocabulary = new Set(
  [BETWEEN, ...new Set(phrasesOf())]
    .flatMap((phrase) => textOf(fold(phrase).units).split(/[^a-z]/))
    .filter((word) => LATIN_WORD.test(word) && (word.length > 2 || BETWEEN.includes(` ${word} `))),
);
