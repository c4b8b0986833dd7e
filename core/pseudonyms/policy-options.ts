/** What a policy says of pseudonyms. */

import { listOf, type OptionCheck, text } from '../options.ts';

/** Options of a policy's redaction that are about what goes to the model. */
export interface PseudonymOptions {
  /**
   * The model reads stand-ins in place of private values, and the caller gets the values back: of every entity that is
   * redacted, or of these. See `docs/pseudonyms.md`.
   * @default off: it changes what the model reads
   */
  readonly pseudonymize?: boolean | readonly string[];
}

const entities: OptionCheck = (value) =>
  typeof value === 'boolean' || (Array.isArray(value) && value.length > 0 && listOf(text())(value) === undefined)
    ? undefined
    : 'true, false or a list of entities';

/** How the options of {@link PseudonymOptions} are checked. */
export const PSEUDONYM_CHECKS: Readonly<Record<keyof PseudonymOptions, OptionCheck>> = { pseudonymize: entities };
