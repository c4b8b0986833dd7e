/** The readings of a text that rules and model look at: as it stands, and with each disguise undone. */

import { fold, type View } from '../text/fold.ts';
import { type Tokens, tokenise } from '../text/tokens.ts';
import { otherViews } from '../text/views.ts';
import { VOCABULARY } from './vocabulary.ts';

/**
 * Reads a text in every way that an attacker may have meant, the plain one first.
 *
 * @param look Gets each reading and its words, whose arrays the next reading may write over.
 * @returns Whether all was read: there is an end to what is undone of disguises in one text.
 */
export const readEach = (text: string, look: (view: View, tokens: Tokens) => void): boolean => {
  const plain = fold(text);
  const tokens = tokenise(plain.units);
  look(plain, tokens);
  const { views, isExceeded } = otherViews(text, plain, tokens, VOCABULARY);
  for (const view of views) look(view, tokenise(view.units));
  return !isExceeded;
};
