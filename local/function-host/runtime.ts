/** The process around one handler: what Lambda's runtime client is in a function. Started by `index.ts`. */

import { finished } from 'node:stream/promises';
import type { Context } from 'aws-lambda';
import { FLUSH_MARK, type Invocation, type InvokeResult, type Report } from './protocol.ts';
import { createResponseStream, defineAwsLambda, isStreaming } from './response-stream.ts';

const [, , entry = '', handlerName = 'handler'] = process.argv;
const { env } = process;

const report = (message: Report): void => {
  process.send?.(message);
};

const contextFor = ({ id, deadline }: Invocation): Context => ({
  awsRequestId: id,
  functionName: env['AWS_LAMBDA_FUNCTION_NAME'] ?? '',
  functionVersion: env['AWS_LAMBDA_FUNCTION_VERSION'] ?? '$LATEST',
  invokedFunctionArn: `arn:aws:lambda:${env['AWS_REGION']}:123456789012:function:${env['AWS_LAMBDA_FUNCTION_NAME']}`,
  memoryLimitInMB: env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'] ?? '512',
  logGroupName: env['AWS_LAMBDA_LOG_GROUP_NAME'] ?? '',
  logStreamName: env['AWS_LAMBDA_LOG_STREAM_NAME'] ?? '',
  callbackWaitsForEmptyEventLoop: false,
  getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  done: () => {},
  fail: () => {},
  succeed: () => {},
});

const asJson = (value: unknown): unknown => (value === undefined ? null : JSON.parse(JSON.stringify(value)));

defineAwsLambda();
const { [handlerName]: handler } = (await import(entry)) as Record<
  string,
  (event: unknown, ...more: unknown[]) => unknown
>;
if (typeof handler !== 'function') throw new Error(`Runtime.HandlerNotFound: ${handlerName} is not a function`);
const streaming = isStreaming(handler);

const runBuffered = async (invocation: Invocation): Promise<unknown> =>
  asJson(await handler(invocation.event, contextFor(invocation)));

const runStreaming = async (invocation: Invocation): Promise<unknown> => {
  const { id } = invocation;
  const stream = createResponseStream({
    head: (contentType) => report({ id, head: contentType }),
    chunk: (bytes) => report({ id, chunk: Buffer.from(bytes).toString('base64') }),
  });
  const ended = finished(stream);
  ended.catch(() => {});
  await handler(invocation.event, stream, contextFor(invocation));
  await ended;
  return null;
};

const run = async (invocation: Invocation): Promise<InvokeResult> => {
  try {
    return { ok: true, value: await (streaming ? runStreaming(invocation) : runBuffered(invocation)) };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    return { ok: false, errorType: name, errorMessage: message };
  }
};

process.on('message', (invocation: Invocation) => {
  void run(invocation).then((result) => {
    process.stdout.write(`${FLUSH_MARK}${invocation.id}\n`, () => report({ id: invocation.id, result }));
  });
});
process.on('disconnect', () => process.exit());
report({ ready: true });
