import { randomUUID } from 'node:crypto';
import type { Request } from '@middy/core';
import { createScope, currentScope, type InvocationScope } from '../aws/invocation-scope.ts';

const scopes = new WeakMap<object, InvocationScope>();

/**
 * The state of the invocation that `request` belongs to: `guardHandler`'s, or in any other Middy chain one of the
 * request's own. Middy hands the same request object to every hook of an invocation, and to no other invocation.
 */
export const scopeOf = (request: Request): InvocationScope => {
  const running = currentScope() ?? scopes.get(request);
  if (running !== undefined) return running;
  const scope = createScope({ requestId: request.context?.awsRequestId ?? randomUUID() });
  scopes.set(request, scope);
  return scope;
};
