/** What Lambda sets in the environment of a function. Source: Lambda developer guide, "Defined runtime environment variables". */

import { randomBytes } from 'node:crypto';
import path from 'node:path';

/** A function, as its configuration in AWS describes it. */
export interface FunctionConfiguration {
  readonly name: string;
  /** File without its ending, a dot, the export: `dist/functions/chat.handler`. */
  readonly handler: string;
  readonly memoryMb: number;
  /** Lambda Managed Instances only: invocations that one environment runs at once. */
  readonly maxConcurrency?: number;
}

/** The variables of an execution environment, beside the function's own. */
export const lambdaVariables = (
  { name, handler, memoryMb, maxConcurrency }: FunctionConfiguration,
  taskRoot: string,
  runtimeApi: string,
): Record<string, string> => ({
  _HANDLER: handler,
  LAMBDA_TASK_ROOT: taskRoot,
  AWS_LAMBDA_RUNTIME_API: runtimeApi,
  AWS_LAMBDA_FUNCTION_NAME: name,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
  AWS_LAMBDA_LOG_STREAM_NAME: `2026/01/01/[$LATEST]${randomBytes(16).toString('hex')}`,
  AWS_LAMBDA_INITIALIZATION_TYPE: maxConcurrency === undefined ? 'on-demand' : 'lambda-managed-instances',
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  LANG: 'en_US.UTF-8',
  PATH: `${path.dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`,
  TZ: ':UTC',
  // One worker thread, so that the invocations share what the module holds: by default each CPU gets eight.
  ...(maxConcurrency === undefined
    ? {}
    : { AWS_LAMBDA_MAX_CONCURRENCY: String(maxConcurrency), AWS_LAMBDA_NODEJS_WORKER_COUNT: '1' }),
});

/** Node's options in Lambda's images: a tenth of the memory for new objects, half of it for each half. */
export const nodeOptions = (memoryMb: number): readonly string[] => [
  '--expose-gc',
  `--max-semi-space-size=${Math.floor(memoryMb / 20)}`,
  `--max-old-space-size=${memoryMb - Math.floor(memoryMb / 10)}`,
];
