/** Holding answers back, so that a test can look at what happens while the model thinks. */

/** Answers that are held back. */
export interface Hold {
  /** How many answers wait. */
  waiting(): number;
  /** Lets all of them go, and later ones pass. */
  release(): void;
}

/** A gate that answers pass, closed while it is held. */
export const createHolder = () => {
  let gate: { waiting: number; opened: Promise<void>; open: () => void } | undefined;
  const release = (): void => {
    gate?.open();
    gate = undefined;
  };
  return {
    pass: async (): Promise<void> => {
      if (gate === undefined) return;
      gate.waiting += 1;
      await gate.opened;
    },
    hold: (): Hold => {
      const { promise: opened, resolve: open } = Promise.withResolvers<void>();
      const own = { waiting: 0, opened, open };
      gate = own;
      return { waiting: () => own.waiting, release };
    },
    releaseAll: release,
  };
};
