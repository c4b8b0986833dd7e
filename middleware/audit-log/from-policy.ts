/** What a policy makes of the audit log. */

import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { contentDigesterOf } from '../../aws/content-digester.ts';
import { createPrincipalDigest } from '../../aws/dynamodb/principal-digest.ts';
import { createLogGroupSink } from '../../aws/telemetry/log-group-sink.ts';
import type { Policy } from '../../core/policy.ts';
import { createRedactor, type Redactor } from '../../core/redaction/index.ts';
import type { AuditLogOptions, ContentOptions } from './index.ts';

/** Share of requests whose content is kept, where the policy does not say. */
const SAMPLE_RATE = 0.01;

/** Most of a body that is kept, where the policy does not say, in UTF-16 units. */
const MAX_CONTENT_UNITS = 16_384;

/** All that the kit can find, and what the policy finds beside; in the place of each value a placeholder, whatever its mode. */
const contentRedactorOf = ({ redaction }: Policy): Redactor => {
  const { detectors } = redaction || {};
  return createRedactor({ entities: 'all', ...(detectors && { detectors }) });
};

const contentOf = (policy: Policy, client: CloudWatchLogsClient | undefined): ContentOptions | undefined => {
  const { audit: { content = 'none', contentLogGroup, sampleRate, maxContentUnits } = {}, keys } = policy;
  if (content === 'digest') {
    if (keys === undefined) throw new TypeError('policy.audit: content digest needs policy.keys');
    return { mode: content, digester: contentDigesterOf(keys.digest) };
  }
  if (content !== 'redacted' || contentLogGroup === undefined) return undefined;
  return {
    mode: content,
    redactor: contentRedactorOf(policy),
    sink: createLogGroupSink({ logGroup: contentLogGroup, client }),
    sampleRate: sampleRate ?? SAMPLE_RATE,
    maxUnits: maxContentUnits ?? MAX_CONTENT_UNITS,
  };
};

/** Options of the audit log. @param client In place of a client of its own. @throws TypeError for digests without keys. */
export const auditOptionsOf = (
  policy: Policy,
  client: CloudWatchLogsClient | undefined,
): Omit<AuditLogOptions, 'telemetry' | 'controls' | 'now'> => {
  const { audit: { logGroup, onFailure } = {}, keys } = policy;
  const content = contentOf(policy, client);
  return {
    ...(keys && { digest: createPrincipalDigest(keys.digest) }),
    ...(logGroup !== undefined && { sink: createLogGroupSink({ logGroup, client }) }),
    ...(onFailure && { onFailure }),
    ...(content && { content }),
  };
};
