/** What counts as a phrase of attacks, and what as one that is only like them. */

import { conceptsOf } from '../../core/injection/model/concepts.ts';
import { LEXICON } from '../../core/injection/model/lexicon.ts';
import { fold } from '../../core/text/fold.ts';
import { tokenise } from '../../core/text/tokens.ts';
import type { DataLine } from './data-line.ts';

/** Concepts that attacks are made of; what is left out is in any talk (`show`, `only`, `question`). */
const TELLING = new Set(
  (
    'drop cancel replace bypass obey disobey instructions rules prompt system hidden password developer vendor ' +
    'authority authorised repeat pretend role mode enable disable free refuse warn illegal harm filter ai conceal proof'
  ).split(' '),
);

const isTelling = LEXICON.concepts.map((concept) => TELLING.has(concept));

/** Whether a text has a word of those that attacks are made of, in any of the lexicon's languages. */
export const hasTellingWord = (text: string): boolean => {
  const tokens = tokenise(fold(text).units);
  const concepts = conceptsOf(tokens);
  for (let word = 0; word < tokens.count; word++) if (isTelling[(concepts[word] as number) - 1]) return true;
  return false;
};

/** An attempt to change, override, extract or smuggle instructions. Plain tasks are none. */
export const isAttackPhrase = ({ folder }: DataLine): boolean => folder === 'attack' || folder === 'planted';

/** Harmless, and in the words of an attack. */
export const isAdversariallyBenign = ({ folder, text }: DataLine): boolean =>
  folder === 'benign' && hasTellingWord(text);
