/** Examples of the caller's own words. */

import { dataFiles } from './data-files.ts';
import { dealOf, type Example, type Kind, OWN } from './example.ts';

/** Files whose lines are ordinary chat; the others of `benign` are written to be taken for attacks. */
const ORDINARY = /\/(?:ordinary|everyday-long|templates|technical)$/;
/** Files whose lines quote a whole attack and ask something about it. */
const QUOTING = /\/quoted$/;

const kindOf = (name: string): Kind => {
  if (name.startsWith('attack/')) return 'attack';
  if (name.startsWith('documents/')) return 'document';
  if (QUOTING.test(name)) return 'quoting';
  return ORDINARY.test(name) ? 'ordinary' : 'hard';
};

/** The project's own examples of the user channel. Clean documents are among them: people paste them. */
export const ownUserExamples = (): readonly Example[] =>
  [...dataFiles('attack'), ...dataFiles('benign'), ...dataFiles('documents')].flatMap(({ name, lines }) =>
    lines.map((text) => ({
      text,
      isAttack: name.startsWith('attack/'),
      channel: 'user',
      source: name,
      group: OWN,
      kind: kindOf(name),
      use: 'both',
      deal: dealOf(text),
    })),
  );
