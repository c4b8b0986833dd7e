/** What a policy says of pseudonyms. */

import { checkOptions, listOf, type OptionCheck, text } from '../options.ts';
import { createRedactor, MIN_IN_CONTEXT, type Redactor, type RedactorOptions } from '../redaction/index.ts';

/** Options of a policy's redaction that are about what goes to the model. */
export interface PseudonymOptions {
  /**
   * The model reads stand-ins in place of private values, and the caller gets the values back: of every entity that is
   * redacted, or of these. See `docs/pseudonyms.md`.
   * @default false: it changes what the model reads
   */
  readonly pseudonymize?: boolean | readonly string[];
}

const entities: OptionCheck = (value) =>
  typeof value === 'boolean' || (Array.isArray(value) && value.length > 0 && listOf(text())(value) === undefined)
    ? undefined
    : 'true, false or a list of entities';

/** How the options of {@link PseudonymOptions} are checked. */
export const PSEUDONYM_CHECKS: Readonly<Record<keyof PseudonymOptions, OptionCheck>> = { pseudonymize: entities };

/**
 * What finds the values that go to the model as stand-ins; `undefined` where none do. Entities by name have the threshold
 * of the default set: what is nine digits and nothing more is better read by the model than guessed at.
 *
 * @param redactor What the rest of the options makes.
 * @throws TypeError for an invalid option, and for an entity that no detector finds.
 */
export const pseudonymizerOf = (
  { pseudonymize = false, ...options }: RedactorOptions & PseudonymOptions,
  redactor: Redactor,
): Redactor | undefined => {
  checkOptions('policy.redaction', { pseudonymize }, PSEUDONYM_CHECKS);
  if (typeof pseudonymize === 'boolean') return pseudonymize ? redactor : undefined;
  const { minScore = MIN_IN_CONTEXT, detectors = [] } = options;
  return createRedactor({
    minScore,
    entities: pseudonymize,
    detectors: detectors.filter(({ entity }) => pseudonymize.includes(entity)),
  });
};
