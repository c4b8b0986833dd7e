/** What a client reads of an error: problem details (RFC 9457) with a stable code, and nothing else. */

import { type BulwarkError, ERRORS } from './errors.ts';

/** An HTTP answer that describes a problem. */
export interface ProblemResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** Media type of problem details in JSON (RFC 9457, section 6.1). */
export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** The answer for `error`, with the id under which the operator finds the request. */
export const problemResponse = (error: BulwarkError, requestId: string): ProblemResponse => {
  const { status, title, detail } = ERRORS[error.code];
  return {
    statusCode: status,
    headers: { 'content-type': PROBLEM_MEDIA_TYPE, 'cache-control': 'no-store', ...error.headers },
    body: JSON.stringify({
      type: `urn:bedrock-bulwark:error:${error.code}`,
      title,
      status,
      detail,
      code: error.code,
      requestId,
      ...error.extra,
    }),
  };
};
