/** A bell: one waits, many ring. What rings while nobody waits is heard by the next who does. */
export interface Bell {
  ring(): void;
  wait(): Promise<void>;
}

/** A bell that is silent. */
export const createBell = (): Bell => {
  let rung = Promise.withResolvers<void>();
  return {
    ring: () => rung.resolve(),
    async wait() {
      await rung.promise;
      rung = Promise.withResolvers();
    },
  };
};
