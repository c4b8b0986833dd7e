/** Which X-Ray trace an invocation belongs to. */

import { traceRootOf } from '../../core/audit/gateway-ids.ts';

/** A trace that is sampled, and the segment that ours are parts of. */
export interface TraceContext {
  readonly traceId: string;
  readonly parentId: string;
}

interface LambdaGlobal {
  readonly awslambda?: { readonly InvokeStore?: { getXRayTraceId?(): unknown } };
}

/**
 * The tracing header of the running invocation: where several run in one process the runtime keeps each its own, else it
 * sets a variable. Source: `aws-lambda-ric`, `@aws/lambda-invoke-store`.
 */
export const currentTraceHeader = (): string | undefined => {
  const stored = (globalThis as LambdaGlobal).awslambda?.InvokeStore?.getXRayTraceId?.();
  return typeof stored === 'string' ? stored : process.env['_X_AMZN_TRACE_ID'];
};

const PARENT = /(?:^|;)\s?Parent=([\da-f]{16})(?:;|$)/i; // Parent=53995c3f42cd8ad8
const SAMPLED = /(?:^|;)\s?Sampled=1(?:;|$)/;

/**
 * What a tracing header says, where it is sampled and of the shape that AWS gives it. Clients can send one of their own,
 * and Lambda goes by it: whatever else they write in it is not read.
 */
export const traceContextOf = (header: string | undefined): TraceContext | undefined => {
  const traceId = traceRootOf(header);
  const parentId = header === undefined ? undefined : PARENT.exec(header)?.[1];
  if (header === undefined || traceId === undefined || parentId === undefined || !SAMPLED.test(header))
    return undefined;
  return { traceId, parentId };
};
