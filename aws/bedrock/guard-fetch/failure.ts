/** What a failed call is to a client that reads answers of Bedrock, and none of the kit's errors. */

import { randomUUID } from 'node:crypto';
import { type BulwarkError, isBulwarkError } from '../../../core/errors.ts';
import { problemResponse } from '../../../core/problem.ts';
import { currentScope } from '../../invocation-scope.ts';

/** A failure as Bedrock would have told it. */
export interface WireFailure {
  readonly status: number;
  /** Class name of one of Bedrock's errors. */
  readonly errorName: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly content: object;
}

/** Bedrock's error of a status: it is what its clients branch on. */
const ERROR_NAMES: Readonly<Record<number, string>> = {
  401: 'AccessDeniedException',
  403: 'AccessDeniedException',
  429: 'ThrottlingException',
  500: 'InternalServerException',
  502: 'InternalServerException',
  503: 'ServiceUnavailableException',
  504: 'ModelTimeoutException',
};

/** The kit's problem details, with the sentence once more under the name that clients of Bedrock look for. */
const refusal = (error: BulwarkError): WireFailure => {
  const { statusCode, headers, body } = problemResponse(error, currentScope()?.requestId ?? randomUUID());
  const content = { ...JSON.parse(body), message: error.message };
  const errorName = ERROR_NAMES[statusCode] ?? 'ValidationException';
  return { status: statusCode, errorName, headers, content };
};

/**
 * How a client is told of `error`; `undefined` where Bedrock did not answer.
 *
 * An error of Bedrock's own comes as far as this in monitor mode only, where the handler gets what it would have got.
 */
export const wireFailure = (error: unknown): WireFailure | undefined => {
  if (isBulwarkError(error)) return refusal(error);
  if (!(error instanceof Error)) return undefined;
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
  const answered = status !== undefined && status >= 400;
  if (!answered && !error.name.endsWith('Exception')) return undefined;
  return { status: status ?? 500, errorName: error.name, headers: {}, content: { message: error.message } };
};

/** The answer that stands for a failure. */
export const failureResponse = ({ status, errorName, headers, content }: WireFailure): Response =>
  new Response(JSON.stringify(content), {
    status,
    headers: { ...headers, 'content-type': 'application/json', 'x-amzn-errortype': errorName },
  });
