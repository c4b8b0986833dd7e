import { randomUUID } from 'node:crypto';
import type { Request } from '@middy/core';
import { createScope, currentScope, type InvocationScope } from '../aws/invocation-scope.ts';
import { sourceOf } from './http-event.ts';
import { timesOf } from './invocation-times.ts';

const scopes = new WeakMap<object, InvocationScope>();

/**
 * The state of the invocation that `request` belongs to: `guardHandler`'s, or in any other Middy chain one of the
 * request's own. Middy hands the same request object to every hook of an invocation, and to no other invocation.
 */
export const scopeOf = (request: Request): InvocationScope => {
  const running = currentScope() ?? scopes.get(request);
  if (running !== undefined) return running;
  const { context } = request;
  const { answerBy } = timesOf(sourceOf(request.event), context, false);
  const scope = createScope({ requestId: context.awsRequestId ?? randomUUID(), answerBy });
  scopes.set(request, scope);
  return scope;
};
