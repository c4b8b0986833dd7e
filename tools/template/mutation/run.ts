/** Runs the checks over mutants, and counts. */

import type { Promises } from '../rules/rule.ts';
import type { Template } from '../template.ts';
import { caughtBy } from './catch.ts';
import { type Mutant, mutantsIn } from './mutants.ts';
import { irrelevance } from './relevance.ts';

/** What became of a mutant. */
export interface Outcome {
  readonly mutant: Mutant;
  /** The first check that found it; `undefined` where it lives on. */
  readonly caught: string | undefined;
  /** Why it takes nothing away; `undefined` where it matters. */
  readonly harmless: string | undefined;
}

/**
 * Tries every `step`th mutant of a template, from the first on.
 *
 * @throws TypeError where the checks find something in the template itself: nothing could be told of its mutants.
 */
export const tryMutants = function* (template: Template, promises: Promises, step: number = 1): Generator<Outcome> {
  const own = caughtBy(template, promises);
  if (own !== undefined) throw new TypeError(`the template itself is not clean: ${own}`);
  let at = 0;
  for (const mutant of mutantsIn(template))
    if (at++ % step === 0)
      yield { mutant, caught: caughtBy(mutant.template, promises), harmless: irrelevance(mutant, template) };
};

/** How many mutants there were, and how many were found. */
export interface Share {
  readonly all: number;
  readonly caught: number;
}

/** Counts outcomes. */
export const shareOf = (outcomes: readonly Outcome[]): Share => ({
  all: outcomes.length,
  caught: outcomes.filter(({ caught }) => caught !== undefined).length,
});

/** Where a mutant differs, in one line. */
export const shown = ({ mutant: { id, path, operator } }: Outcome): string => `${operator}: ${[id, ...path].join('/')}`;
