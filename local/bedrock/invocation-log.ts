/**
 * Bedrock's own log of calls to models, in the format in which it delivers it to S3: an object a line.
 * Source: Bedrock User Guide, "Monitor model invocation using CloudWatch Logs and Amazon S3".
 */

import { ACCOUNT_ID } from './errors.ts';
import type { ReceivedRequest } from './request-log.ts';

const LOGGED: ReadonlySet<string> = new Set([
  'Converse',
  'ConverseStream',
  'InvokeModel',
  'InvokeModelWithResponseStream',
]);

/** Who calls the local server. */
export const LOCAL_CALLER = `arn:aws:sts::${ACCOUNT_ID}:assumed-role/local/session`;

const entryOf = (request: ReceivedRequest): object => {
  const { operation, modelId, at, requestId, billed, body, status = 200, controls } = request;
  return {
    timestamp: new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z'),
    accountId: ACCOUNT_ID,
    identity: { arn: LOCAL_CALLER },
    region: 'eu-central-1',
    requestId,
    operation,
    modelId,
    ...(status >= 400 && { errorCode: 'Error' }),
    input: {
      inputContentType: 'application/json',
      inputBodyJson: body,
      inputTokenCount: billed.inputTokens,
      cacheReadInputTokenCount: billed.cacheReadInputTokens,
      cacheWriteInputTokenCount: billed.cacheWriteInputTokens,
    },
    output: { outputContentType: 'application/json', outputTokenCount: billed.outputTokens },
    ...(controls.requestMetadata !== undefined && { requestMetadata: controls.requestMetadata }),
    schemaType: 'ModelInvocationLog',
    schemaVersion: '1.0',
  };
};

/** The log of these requests, as far as Bedrock logs them. */
export const invocationLog = (requests: readonly ReceivedRequest[]): string =>
  requests
    .filter(({ operation }) => LOGGED.has(operation))
    .map((request) => `${JSON.stringify(entryOf(request))}\n`)
    .join('');
