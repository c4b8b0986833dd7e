/** What may be used in a minute, calls or text units: a token bucket of this process. */

/** A bucket of calls or text units. */
export interface MinuteBucket {
  /** Takes so many, all of them or none. */
  take(amount: number): boolean;
}

/** A bucket that is full at first, holds `perMinute` at most and gets as many back in a minute. */
export const createMinuteBucket = (perMinute: number, now: () => number): MinuteBucket => {
  let level = perMinute;
  let at = now();
  return {
    take: (amount) => {
      const time = now();
      // A clock that is set back, or is none, gives nothing.
      const elapsed = time > at ? time - at : 0;
      level = Math.min(perMinute, level + (elapsed * perMinute) / 60_000);
      at = time;
      if (!(amount <= level)) return false;
      level -= amount;
      return true;
    },
  };
};
