/** The section `output`. */

import type { ContentPolicyOptions } from '../content/index.ts';
import type { ExfiltrationOptions } from '../exfiltration/index.ts';
import { object, orOff } from '../options.ts';
import type { PolicySection } from './section.ts';

/**
 * What a reply may hold besides words. See `docs/content-policy.md`.
 *
 * @example
 * const output: OutputPolicy = { content: { languages: { shell: 'label' } }, exfiltration: { hosts: ['example.com'] } };
 */
export interface OutputPolicy {
  /** Code, commands, scripts, control sequences. @default scripts and control sequences are taken out */
  readonly content?: ContentPolicyOptions | false;
  /**
   * Images, links, tags and characters that carry data out.
   * @default images and tags to any host, links that could carry data, and invisible characters are taken out
   */
  readonly exfiltration?: ExfiltrationOptions | false;
}

/** How the section is checked. */
export const OUTPUT: PolicySection<OutputPolicy> = {
  // What stands in them is checked where the engines are made.
  checks: { content: orOff(object), exfiltration: orOff(object) },
};
