/** Invocation events and contexts for tests. */

import type { Context } from 'aws-lambda';

let invocations = 0;

/** A Lambda context with an id of its own. */
export const lambdaContext = (remainingMs = 10_000): Context => {
  invocations += 1;
  const startedAt = Date.now();
  return {
    awsRequestId: `00000000-0000-4000-8000-${String(invocations).padStart(12, '0')}`,
    functionName: 'test',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:test',
    memoryLimitInMB: '512',
    logGroupName: '/aws/lambda/test',
    logStreamName: 'stream',
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => remainingMs - (Date.now() - startedAt),
    done: () => {},
    fail: () => {},
    succeed: () => {},
  };
};

/** What of a REST v1 event a test wants to choose. */
export interface RestEventOptions {
  readonly body?: unknown;
  readonly raw?: string;
  readonly base64?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly apiKeyId?: string;
  readonly ip?: string;
}

/** A REST v1 proxy event. */
export const restEvent = ({
  body,
  raw,
  base64 = false,
  headers,
  claims,
  apiKeyId,
  ip = '203.0.113.7',
}: RestEventOptions = {}) => {
  const text = raw ?? (body === undefined ? null : JSON.stringify(body));
  return {
    resource: '/v1/chat',
    path: '/v1/chat',
    httpMethod: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers } as Record<string, string>,
    multiValueHeaders: {},
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: null,
    stageVariables: null,
    requestContext: {
      requestId: 'chosen-by-anybody',
      stage: 'dev',
      identity: { sourceIp: ip, ...(apiKeyId === undefined ? {} : { apiKeyId }) },
      ...(claims === undefined ? {} : { authorizer: { claims } }),
    },
    body: text !== null && base64 ? Buffer.from(text).toString('base64') : text,
    isBase64Encoded: base64,
  };
};

/** The body of a chat request with one user turn. */
export const chatBody = (text: string, more: object = {}): object => ({
  messages: [{ role: 'user', content: [{ text }] }],
  ...more,
});

/** A proxy response of a guarded handler. */
export interface HttpResult {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The status and code of an answer in problem details. */
export const problemOf = (result: unknown): { status: number; code: unknown } => {
  const { statusCode, body } = result as HttpResult;
  return { status: statusCode, code: JSON.parse(body)['code'] };
};
