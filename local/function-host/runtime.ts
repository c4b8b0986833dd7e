/** The process around one handler: what Lambda's runtime client is in a function. Started by `index.ts`. */

import { finished } from 'node:stream/promises';
import type { Context } from 'aws-lambda';
import { FLUSH_MARK, failure, type Invocation, type InvokeResult, type Report } from './protocol.ts';
import { createResponseStream, defineAwsLambda, isStreaming } from './response-stream.ts';

const [, , entry = '', handlerName = 'handler'] = process.argv;
const { env } = process;

const report = (message: Report): void => {
  process.send?.(message);
};

/** Runtime clients know no more of the callbacks of old, which the type still asks for. */
type LambdaContext = Omit<Context, 'callbackWaitsForEmptyEventLoop' | 'done' | 'fail' | 'succeed'>;

const contextFor = ({ id, deadline }: Invocation): LambdaContext => ({
  awsRequestId: id,
  functionName: env['AWS_LAMBDA_FUNCTION_NAME'] ?? '',
  functionVersion: env['AWS_LAMBDA_FUNCTION_VERSION'] ?? '$LATEST',
  invokedFunctionArn: `arn:aws:lambda:${env['AWS_REGION']}:123456789012:function:${env['AWS_LAMBDA_FUNCTION_NAME']}`,
  memoryLimitInMB: env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'] ?? '512',
  logGroupName: env['AWS_LAMBDA_LOG_GROUP_NAME'] ?? '',
  logStreamName: env['AWS_LAMBDA_LOG_STREAM_NAME'] ?? '',
  getRemainingTimeInMillis: () => deadline - Date.now(),
});

/** Largest answer in one piece: as in `lambda-runtime/answer.ts`. */
const MAX_ANSWER = 6_291_556;

const asJson = (value: unknown): string => {
  try {
    return JSON.stringify(value === undefined ? null : value);
  } catch {
    throw Object.assign(new Error('Unable to stringify response body'), { name: 'Runtime.JSONStringifyError' });
  }
};

defineAwsLambda();
const { [handlerName]: handler } = (await import(entry)) as Record<
  string,
  (event: unknown, ...more: unknown[]) => unknown
>;
if (typeof handler !== 'function') throw new Error(`Runtime.HandlerNotFound: ${handlerName} is not a function`);
const streaming = isStreaming(handler);

const failed = (error: unknown): InvokeResult =>
  error instanceof Error ? failure(error.name, error.message) : failure(typeof error, String(error));

const runBuffered = async (invocation: Invocation): Promise<InvokeResult> => {
  const answer = asJson(await handler(invocation.event, contextFor(invocation)));
  const size = Buffer.byteLength(answer);
  if (size > MAX_ANSWER) return failure('Function.ResponseSizeTooLarge', `${size} bytes exceed the limit`);
  return { ok: true, value: JSON.parse(answer) };
};

const runStreaming = async (invocation: Invocation): Promise<InvokeResult> => {
  const { id } = invocation;
  const stream = createResponseStream({
    head: (contentType) => report({ id, head: contentType }),
    chunk: (bytes) => report({ id, chunk: Buffer.from(bytes).toString('base64') }),
  });
  const ended = finished(stream);
  ended.catch(() => {});
  try {
    await handler(invocation.event, stream, contextFor(invocation));
    await ended;
    return { ok: true, value: null };
  } catch (error) {
    // The runtime client (4.0.2) dies of a stream that is destroyed: nobody hears a rejection of its own.
    if (stream.destroyed) process.exit(1);
    return failed(error);
  }
};

process.on('message', (invocation: Invocation) => {
  void (streaming ? runStreaming : runBuffered)(invocation)
    .catch(failed)
    .then((result) => {
      process.stdout.write(`${FLUSH_MARK}${invocation.id}\n`, () => report({ id: invocation.id, result }));
    });
});
process.on('disconnect', () => process.exit());
report({ ready: true });
