/** Reading a streamed answer from its handler, one piece at a time. */

import { type InvocationScope, runInScope } from '../aws/invocation-scope.ts';
import { BulwarkError } from '../core/errors.ts';

/** How a streamed answer ended. */
export type StreamEnding =
  | { readonly kind: 'finished' }
  /** The source failed, or the deadline came. */
  | { readonly kind: 'failed'; readonly error: unknown }
  /** Nobody reads on. */
  | { readonly kind: 'abandoned' };

/** What can be read from a handler. */
export type StreamSource = AsyncIterable<unknown>;

/** What reading leads to. */
export type Step =
  | { readonly kind: 'piece'; readonly piece: unknown }
  | { readonly kind: 'end'; readonly ending: StreamEnding }
  | { readonly kind: 'beat' };

/** Reads a source. */
export interface StreamReader {
  /** The next piece, or a beat when it takes longer than `beatMs`, or the end. */
  read(beatMs: number | undefined): Promise<Step>;
  /** Lets go of the source. It may take its time, or never come back. */
  close(): void;
}

const failed = (error: unknown): Step => ({ kind: 'end', ending: { kind: 'failed', error } });

/** What a stream fails with at the invocation's deadline. */
export const deadlinePassed = (): BulwarkError => new BulwarkError('upstream_timeout', { reason: 'deadline' });

/** Reads a source one piece at a time, with an eye on the deadline. */
export const createStreamReader = (scope: InvocationScope, source: StreamSource): StreamReader => {
  const iterator = source[Symbol.asyncIterator]();
  let pending: Promise<Step> | undefined;

  const next = async (): Promise<Step> => {
    try {
      const { done, value } = await runInScope(scope, () => iterator.next());
      return done === true ? { kind: 'end', ending: { kind: 'finished' } } : { kind: 'piece', piece: value };
    } catch (error) {
      return failed(error);
    }
  };

  return {
    read: (beatMs) =>
      new Promise((resolve) => {
        const signal = scope.signal();
        if (signal?.aborted === true) return resolve(failed(deadlinePassed()));
        pending ??= next();
        const reading = pending;
        let timer: NodeJS.Timeout | undefined;
        const settle = (step: Step): void => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', onAbort);
          resolve(step);
        };
        const onAbort = (): void => settle(failed(deadlinePassed()));
        signal?.addEventListener('abort', onAbort, { once: true });
        if (beatMs !== undefined) timer = setTimeout(() => settle({ kind: 'beat' }), beatMs);
        void reading.then((step) => {
          if (pending === reading) pending = undefined;
          settle(step);
        });
      }),
    close: () => {
      void runInScope(scope, async () => iterator.return?.()).catch(() => {});
      (source as { destroy?: () => void }).destroy?.();
    },
  };
};
