/** The section `redaction`. */

import { PSEUDONYM_CHECKS, type PseudonymOptions } from '../pseudonyms/policy-options.ts';
import { DEEP_REDACTION_CHECKS, type DeepRedactionOptions } from '../redaction/deep-redaction.ts';
import type { RedactorOptions } from '../redaction/index.ts';
import { REDACTOR_CHECKS } from '../redaction/redactor.ts';
import type { PolicySection } from './section.ts';

/**
 * What is private, and what stands in its place; stand-ins for the model, and a deep tier. See `docs/redaction.md`.
 *
 * @example
 * const redaction: RedactionPolicy = { modes: { EMAIL_ADDRESS: 'mask', SECRET: 'block', '*': 'placeholder' } };
 */
export interface RedactionPolicy extends RedactorOptions, PseudonymOptions, DeepRedactionOptions {}

/** How the section is checked. Which entities there are is known where the redactor is made. */
export const REDACTION: PolicySection<RedactionPolicy, { readonly keys?: object }> = {
  checks: { ...REDACTOR_CHECKS, ...PSEUDONYM_CHECKS, ...DEEP_REDACTION_CHECKS },
  canBeOff: true,
  check({ modes = {}, digest }, { keys }) {
    if (digest === undefined && keys === undefined && Object.values(modes).includes('hash'))
      throw new TypeError("policy.redaction: the mode 'hash' needs policy.keys, or a digest of its own");
  },
};
