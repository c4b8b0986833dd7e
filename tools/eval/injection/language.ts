/** The language of a row, where the row does not say. */

import { languageGroupOf } from '../../../core/injection/model/language.ts';
import { fold } from '../../../core/text/fold.ts';
import { tokenise } from '../../../core/text/tokens.ts';
import type { Row } from './row.ts';

/** Units that are looked at: the guess is made from the first words. */
const HEAD = 4000;

/** What the row says, or else the group that the screen itself takes it for. */
export const languageOf = ({ language, text }: Row): string => {
  if (language !== undefined) return language;
  const { units } = fold(text.slice(0, HEAD));
  return `${languageGroupOf(units, tokenise(units))} (guessed)`;
};
