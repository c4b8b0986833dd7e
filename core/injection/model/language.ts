/** A coarse guess at the language of a text: models are surer of English, so that each group has cut points of its own. */

import { createWordSet, type Tokens } from '../../text/tokens.ts';

/** Groups of languages with cut points of their own. */
export type LanguageGroup = 'english' | 'latin' | 'other';

/** The commonest words of English that are no common words of its neighbours. */
const ENGLISH =
  'the of and to is that it for was on are as with his they at this have from or had by but what all were we when your can there use each which she how their if will up other about out many then them these so some her would make like him into time has look two more write go see no way could people my than been call who its now find get come made may you please i do not any just should tell give want need an be';

const isEnglish = createWordSet(ENGLISH);

/** Words that are looked at. */
const SAMPLE = 200;
/** Least share of English words in an English text. */
const ENGLISH_SHARE = 0.12;
/** Least share of words in other scripts that makes a text one of those. */
const OTHER_SHARE = 0.3;
/** First unit beyond the Latin letters. */
const BEYOND_LATIN = 0x250;

/** The group of a text, by its first words. A text without a sign of another language is English. */
export const languageGroupOf = (units: Uint16Array, { count, starts, hashes }: Tokens): LanguageGroup => {
  const looked = Math.min(count, SAMPLE);
  let common = 0;
  let beyond = 0;
  for (let index = 0; index < looked; index++) {
    if ((units[starts[index] as number] as number) >= BEYOND_LATIN) beyond += 1;
    else if (isEnglish(hashes[index] as number)) common += 1;
  }
  if (beyond > looked * OTHER_SHARE) return 'other';
  return looked < 3 || common >= looked * ENGLISH_SHARE ? 'english' : 'latin';
};
