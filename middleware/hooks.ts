/** When the hooks of a middleware run, and what their refusals lead to. */

import type { MiddlewareObj, Request } from '@middy/core';
import { patiently } from '../aws/patience.ts';
import { BulwarkError, isBulwarkError } from '../core/errors.ts';
import { isHttp, sourceOf } from './http-event.ts';
import { scopeOf } from './request-scope.ts';

type Hook = NonNullable<MiddlewareObj['before']>;

/** The same name in stack traces. */
const named = (hook: Hook, original: Hook): Hook => Object.defineProperty(hook, 'name', { value: original.name });

const mapHooks = (middleware: object, wrap: (hook: Hook) => Hook): MiddlewareObj =>
  Object.fromEntries(Object.entries(middleware).map(([name, hook]) => [name, named(wrap(hook as Hook), hook as Hook)]));

/** A middleware whose time is kept, for a request of the sample: that of all of its hooks together. */
export const timed = (control: string, middleware: object): MiddlewareObj =>
  mapHooks(middleware, (hook) => (request: Request): unknown => {
    const { timings } = scopeOf(request);
    if (timings === undefined) return hook(request);
    const since = performance.now();
    const done = (): void => void timings.set(control, (timings.get(control) ?? 0) + performance.now() - since);
    let work: unknown;
    try {
      work = hook(request);
    } finally {
      if (!(work instanceof Promise)) done();
    }
    return work instanceof Promise ? work.finally(done) : work;
  });

/** A middleware for HTTP events: what other sources are answered has neither status nor headers, and stays as it is. */
export const httpOnly = (middleware: object): MiddlewareObj =>
  mapHooks(
    middleware,
    (hook) =>
      (request: Request): unknown =>
        isHttp(sourceOf(request.event)) ? hook(request) : undefined,
  );

/** What a hook threw, as the refusal that it is or stands for, recorded. */
const recordedRefusal = (request: Request, control: string, error: unknown): void => {
  const { record } = scopeOf(request);
  if (!isBulwarkError(error)) record.count('ControlFailures');
  record.refuse(isBulwarkError(error) ? error : new BulwarkError('internal', { reason: control }), control);
};

/** A middleware whose refusals are in the record, under the name of its control. */
export const recorded = (control: string, middleware: object): MiddlewareObj =>
  mapHooks(middleware, (hook) => (request: Request): unknown => {
    const refused = (error: unknown): never => {
      if (isBulwarkError(error)) scopeOf(request).record.refuse(error, control);
      throw error;
    };
    try {
      const work: unknown = hook(request);
      return work instanceof Promise ? work.catch(refused) : work;
    } catch (error) {
      return refused(error);
    }
  });

/**
 * A middleware that cannot end or delay a request: what it throws is recorded and goes no further, and it is not waited
 * for long.
 */
export const harmless = (control: string, middleware: object): MiddlewareObj =>
  mapHooks(middleware, (hook) => async (request: Request): Promise<void> => {
    try {
      await patiently(scopeOf(request), hook(request));
    } catch (error) {
      recordedRefusal(request, control, error);
    }
  });

/**
 * A middleware whose refusals are recorded and go no further. After the first of them, as in earnest, no other decides:
 * a body that was too large is not parsed.
 */
export const monitored = (control: string, middleware: object): MiddlewareObj => {
  const { before, ...others } = harmless(control, middleware) as MiddlewareObj;
  if (before === undefined) return others;
  const monitoredBefore: Hook = (request) =>
    scopeOf(request).record.refused === undefined ? before(request) : undefined;
  return { ...others, before: named(monitoredBefore, before) };
};
