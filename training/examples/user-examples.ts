/** Examples of the caller's own words. */

import { RULES } from '../../core/injection/rules/index.ts';
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

const example = (source: string, text: string, isAttack: boolean, kind: Kind): Example => ({
  text,
  isAttack,
  channel: 'user',
  source,
  group: OWN,
  kind,
  use: 'both',
  deal: dealOf(text),
});

/** What the rules must catch and spare: each text once. */
const ruleExamples = (): readonly Example[] => {
  const texts = new Map<string, boolean>();
  for (const { channels, caught, spared } of RULES) {
    if (!channels.includes('user')) continue;
    for (const text of spared) texts.set(text, false);
    for (const text of caught) texts.set(text, true);
  }
  return [...texts].map(([text, isAttack]) => example('rules', text, isAttack, isAttack ? 'attack' : 'hard'));
};

/** The project's own examples of the user channel. Clean documents are among them: people paste them. */
export const ownUserExamples = (): readonly Example[] => [
  ...ruleExamples(),
  ...[...dataFiles('attack'), ...dataFiles('benign'), ...dataFiles('documents')].flatMap(({ name, lines }) =>
    lines.map((text) => example(name, text, name.startsWith('attack/'), kindOf(name))),
  ),
];
