/** `value`, or `undefined` when `signal` is aborted before. */
export const unlessAborted = async <Value>(
  value: Promise<Value>,
  signal: AbortSignal | undefined,
): Promise<Value | undefined> => {
  if (signal === undefined) return value;
  const { promise: left, resolve } = Promise.withResolvers<undefined>();
  const leave = (): void => resolve(undefined);
  signal.addEventListener('abort', leave, { once: true });
  if (signal.aborted) leave();
  try {
    return await Promise.race([value, left]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
};
