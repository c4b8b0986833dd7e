/** The section `audit`. */

import { integer, type OptionCheck, oneOf, share } from '../options.ts';
import type { PolicySection } from './section.ts';

/** Where the audit record goes, and whether anything is kept of content. See `docs/audit.md`. */
export interface AuditPolicy {
  /** Log group of CloudWatch Logs that records are written to. @default standard output */
  readonly logGroup?: string;
  /**
   * What happens where a record cannot be written to the group: it goes to standard output, and the request is answered;
   * or it goes there, and the answer becomes `control_unavailable`. A stream has left by then: with `refuse`, requests are
   * refused before they are let in while the group is known not to take records.
   * @default 'stdout'
   */
  readonly onFailure?: 'stdout' | 'refuse';
  /**
   * `digest` keeps keyed digests and lengths of texts in the record; `redacted` keeps a sample of bodies, without private
   * values, in a group of their own.
   * @default 'none'
   */
  readonly content?: 'none' | 'digest' | 'redacted';
  /** Log group of the content that is kept, encrypted, with few readers. Needed for `redacted`. */
  readonly contentLogGroup?: string;
  /** Share of requests whose content is kept, 0..1. @default 0.01 */
  readonly sampleRate?: number;
  /** Most of a body that is kept, each direction, in UTF-16 units. @default 16_384 */
  readonly maxContentUnits?: number;
}

/** Most of a body that can be kept: both directions fit in one log event, however they are escaped. */
export const MOST_CONTENT_UNITS = 65_536;

/** Source: CloudWatch Logs API reference, "CreateLogGroup". */
const LOG_GROUP = /^[\w./#-]{1,512}$/; // /aws/lambda/chat-audit

const logGroup: OptionCheck = (value) =>
  typeof value === 'string' && LOG_GROUP.test(value) ? undefined : 'the name of a log group';

/** How the section is checked. Whether there are keys for digests is known where the chain is made. */
export const AUDIT: PolicySection<AuditPolicy> = {
  checks: {
    logGroup,
    onFailure: oneOf('stdout', 'refuse'),
    content: oneOf('none', 'digest', 'redacted'),
    contentLogGroup: logGroup,
    sampleRate: share,
    maxContentUnits: integer(1, MOST_CONTENT_UNITS),
  },
  check(options) {
    const { content = 'none', contentLogGroup, logGroup: group, onFailure } = options;
    if (content === 'redacted' && contentLogGroup === undefined)
      throw new TypeError('policy.audit: content redacted needs contentLogGroup');
    for (const name of ['contentLogGroup', 'sampleRate', 'maxContentUnits'] as const)
      if (options[name] !== undefined && content !== 'redacted')
        throw new TypeError(`policy.audit: ${name} is for content redacted`);
    if (contentLogGroup !== undefined && contentLogGroup === group)
      throw new TypeError('policy.audit: contentLogGroup must be another one than logGroup');
    if (onFailure === 'refuse' && group === undefined)
      throw new TypeError('policy.audit: onFailure refuse needs logGroup');
  },
};
