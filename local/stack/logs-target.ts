/** Where the functions write records to that have a log group of their own. */

import { type LocalLogs, startLocalLogs } from '../logs/index.ts';
import type { BedrockTarget } from './bedrock-target.ts';

/** The log groups of a stack: environment for the functions, and the local server itself where there is one. */
export interface LogsTarget {
  readonly env: Readonly<Record<string, string>>;
  /** Undefined beside real Bedrock, whose credentials the local server does not know: records go to standard output then. */
  readonly local: LocalLogs | undefined;
  close(): Promise<void>;
}

/** Variables that name a log group. */
const NAMES = ['BULWARK_AUDIT_LOG_GROUP', 'BULWARK_AUDIT_CONTENT_LOG_GROUP'] as const;

/** Has the log groups that `given` names; where it names none, records go to standard output. */
export const startLogs = async (
  bedrock: BedrockTarget,
  given: Readonly<Record<string, string>>,
): Promise<LogsTarget> => {
  const { AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '' } = bedrock.env;
  if (bedrock.local === undefined)
    return { env: { BULWARK_AUDIT_LOG_GROUP: '' }, local: undefined, close: async () => {} };
  const local = await startLocalLogs({
    groups: NAMES.map((name) => given[name] ?? '').filter(Boolean),
    credentials: { [AWS_ACCESS_KEY_ID]: AWS_SECRET_ACCESS_KEY },
  });
  // A packaged function has names of its own in its template, of groups that are not here.
  const unnamed = Object.fromEntries(NAMES.filter((name) => given[name] === undefined).map((name) => [name, '']));
  return { env: { ...unnamed, AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: local.url }, local, close: () => local.close() };
};
