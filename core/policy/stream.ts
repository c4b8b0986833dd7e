/** The section `stream`. */

import { integer } from '../options.ts';
import type { PolicySection } from './section.ts';

/** How a handler answers in pieces. See the middleware `stream-heartbeat`. */
export interface StreamPolicy {
  /** Longest silence in a stream of server-sent events, in milliseconds. @default 15_000 */
  readonly heartbeatMs?: number;
}

/** How the section is checked. */
export const STREAM: PolicySection<StreamPolicy> = { checks: { heartbeatMs: integer(1) } };
