/** Calls a minute: a token bucket of this process. */

/** A bucket of calls. */
export interface CallBucket {
  /** Takes so many calls, all of them or none. */
  take(calls: number): boolean;
}

/** A bucket that is full at first, holds `perMinute` calls at most and gets as many back in a minute. */
export const createCallBucket = (perMinute: number, now: () => number): CallBucket => {
  let level = perMinute;
  let at = now();
  return {
    take: (calls) => {
      const time = now();
      // A clock that is set back, or is none, gives nothing.
      const elapsed = time > at ? time - at : 0;
      level = Math.min(perMinute, level + (elapsed * perMinute) / 60_000);
      at = time;
      if (!(calls <= level)) return false;
      level -= calls;
      return true;
    },
  };
};
