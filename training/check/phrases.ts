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

/** Files of lines that are written to be taken for attacks, each of them. */
const WRITTEN_FOR_IT =
  /^(?:benign\/en\/(?:longprompts|quoted|roleplay|security|trigger-words)|benign\/[a-z-]+\/ui-and-docs|documents\/(?!articles|correspondence|encyclopaedia|records)[a-z-]+)\.txt$/;

/** Harmless, and written to be taken for an attack, or with a word of those that attacks are made of. */
export const isAdversariallyBenign = ({ folder, file, text }: DataLine): boolean =>
  WRITTEN_FOR_IT.test(file) || (folder === 'benign' && hasTellingWord(text));
