/** When the hooks of a middleware run, and what their refusals lead to. */

import type { MiddlewareObj, Request } from '@middy/core';
import { isBulwarkError } from '../core/errors.ts';
import { isHttp, sourceOf } from './http-event.ts';
import { scopeOf } from './request-scope.ts';

type Hook = NonNullable<MiddlewareObj['before']>;

/** The same name in stack traces. */
const named = (hook: Hook, original: Hook): Hook => Object.defineProperty(hook, 'name', { value: original.name });

const mapHooks = (middleware: object, wrap: (hook: Hook) => Hook): MiddlewareObj =>
  Object.fromEntries(Object.entries(middleware).map(([name, hook]) => [name, named(wrap(hook as Hook), hook as Hook)]));

/** A middleware for HTTP events: what other sources are answered has neither status nor headers, and stays as it is. */
export const httpOnly = (middleware: object): MiddlewareObj =>
  mapHooks(
    middleware,
    (hook) =>
      (request: Request): unknown =>
        isHttp(sourceOf(request.event)) ? hook(request) : undefined,
  );

/**
 * A middleware whose refusals are recorded and go no further. After the first of them, as in earnest, no other decides:
 * a body that was too large is not parsed.
 */
export const monitored = (middleware: object): MiddlewareObj => {
  const { before, ...others } = middleware as MiddlewareObj;
  if (before === undefined) return others;
  const monitoredBefore = async (request: Request): Promise<void> => {
    const { record } = scopeOf(request);
    if (record.refused !== undefined) return;
    try {
      await before(request);
    } catch (error) {
      record.refuse(isBulwarkError(error) ? error.code : 'internal');
    }
  };
  return { ...others, before: named(monitoredBefore, before) };
};
