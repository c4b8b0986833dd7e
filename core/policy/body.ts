/** The section `body`. */

import type { StandardSchemaV1 } from '@standard-schema/spec';
import { flag, integer, object } from '../options.ts';
import type { PolicySection } from './section.ts';

/** What a body may be. See the middlewares `body-limit` and `input-validation`. */
export interface BodyPolicy {
  /** Bytes. @default 100_000 */
  readonly maxBytes?: number;
  /** Levels of JSON. @default 32 */
  readonly maxDepth?: number;
  /** Schema of the JSON body. With it a body is required. @default none */
  readonly schema?: StandardSchemaV1;
  /**
   * Whether a handler whose policy has a schema gets its event with the parsed, validated body, or untouched as Lambda
   * sends it. In monitor mode a body that would have been refused is as far as it could be parsed.
   * @default true; in monitor mode, which changes nothing, false
   */
  readonly parsed?: boolean;
}

/** How the section is checked. */
export const BODY: PolicySection<BodyPolicy> = {
  checks: { maxBytes: integer(1), maxDepth: integer(1), schema: object, parsed: flag },
};
