/** Rows in disguise: attacks and benign ones alike, for a disguise is no verdict. */

import type { InjectionScreen } from '../../../core/injection/index.ts';
import { DISGUISES, LEARNED } from '../../../training/examples/disguises.ts';
import { seeded } from '../../../training/random.ts';
import { createOutcomes, type OutcomeSummary } from './outcomes.ts';
import type { Row } from './row.ts';

/** What was made of rows in one disguise. */
export interface DisguiseSummary extends OutcomeSummary {
  readonly disguise: string;
  /** Whether the model learned from examples in this disguise. */
  readonly learned: boolean;
}

/** Rows in all disguises. */
export interface DisguisedOutcomes {
  /** @param number Of the row: each has its own randomness, so that others may come and go. */
  add(row: Row, number: number, screen: InjectionScreen['screen']): void;
  entries(): readonly DisguiseSummary[];
}

/** Longer texts are not disguised, in UTF-16 units: people hide sentences. */
export const MAX_DISGUISED = 1000;

/** No rows yet. */
export const createDisguisedOutcomes = (): DisguisedOutcomes => {
  const disguises = Object.entries(DISGUISES).map(([name, hide], index) => ({
    name,
    hide,
    index,
    outcomes: createOutcomes(false),
  }));
  return {
    add({ text, isAttack, channel = 'user' }, number, screen) {
      if (text.length > MAX_DISGUISED) return;
      for (const { hide, index, outcomes } of disguises) {
        const hidden = hide(text, seeded(Math.imul(number, 0x9e3779b1) ^ index));
        if (hidden !== text) outcomes.add(isAttack, screen(hidden, { channel }));
      }
    },
    entries: () =>
      disguises.map(({ name, outcomes }) => ({
        disguise: name,
        learned: LEARNED.some((learned) => learned === name),
        ...outcomes.summary(),
      })),
  };
};
