/**
 * The result of `work`, if it comes within `ms`. What comes later is not waited for, and what it throws then is not heard.
 *
 * @throws What `tooLong` gives when the time is over first; what `work` throws.
 */
export const within = async <T>(work: PromiseLike<T>, ms: number, tooLong: () => Error): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooLong()), Math.max(0, ms));
  });
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
  }
};
