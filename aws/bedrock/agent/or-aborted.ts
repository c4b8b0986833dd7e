/**
 * What `work` gives, unless `signal` aborts first: work that does not heed the signal is not waited for, and what it gives or
 * throws then is not heard.
 *
 * @throws What `aborted` gives when the signal aborts first, or has aborted before; what `work` throws.
 */
export const orAborted = async <T>(
  signal: AbortSignal,
  work: () => T | PromiseLike<T>,
  aborted: () => unknown,
): Promise<T> => {
  if (signal.aborted) throw aborted();
  let onAbort = (): void => {};
  const over = new Promise<never>((_, reject) => {
    onAbort = () => reject(aborted());
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([work(), over]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
};
