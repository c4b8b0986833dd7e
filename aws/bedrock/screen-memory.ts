/** What one invocation knows of the texts that it screened. */

import type { DeepTier, DeepVerdict, InjectionScreen, ScreenResult } from '../../core/injection/index.ts';

/** Results of screens and verdicts of deep tiers, each by itself: what passes one may be refused by another. */
export interface ScreenMemory {
  /** What a screen found, by `segmentKey`. */
  resultsOf(screen: InjectionScreen): Map<string, ScreenResult>;
  /** What a deep tier said, or has yet to say, by `segmentKey`. */
  verdictsOf(deep: DeepTier): Map<string, Promise<DeepVerdict>>;
}

/** The value of a key, made when it is first asked for. */
const madeOnce = <Key extends object, Value>(make: () => Value): ((key: Key) => Value) => {
  const made = new WeakMap<Key, Value>();
  return (key) => {
    const value = made.get(key) ?? make();
    made.set(key, value);
    return value;
  };
};

/** An empty memory, for one invocation: its keys are texts. */
export const createScreenMemory = (): ScreenMemory => ({
  resultsOf: madeOnce(() => new Map()),
  verdictsOf: madeOnce(() => new Map()),
});
