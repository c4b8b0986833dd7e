/** What a section of the policy brings, so that it is checked at cold start. */

import type { OptionCheck } from '../options.ts';

/**
 * A section: its options and what they must be.
 *
 * @typeParam Around What it needs to know of other sections.
 */
export interface PolicySection<Options extends object, Around = unknown> {
  /** Each option by itself. */
  readonly checks: Readonly<Record<keyof Options, OptionCheck>>;
  /** Whether `false` switches the section off. @default false */
  readonly canBeOff?: true;
  /**
   * Options that contradict each other, or those of another section. Only asked where the section is there.
   *
   * @throws TypeError naming the option, never its value.
   */
  readonly check?: (options: Options, policy: Around) => void;
}
