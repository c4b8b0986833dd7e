/** Holding answers back, so that a test can look at what happens while the model thinks. */

/** Answers that are held back. */
export interface Hold {
  /** How many answers wait. */
  waiting(): number;
  /** Resolves as soon as so many wait. */
  reached(count: number): Promise<void>;
  /** Lets all of them go, and later ones pass. */
  release(): void;
}

/** Where answers pass, and where they are held. */
export interface Gate {
  hold(): Hold;
  /** Resolves when the answer may go out, or when its client has gone. */
  pass(gone: AbortSignal): Promise<void>;
  releaseAll(): void;
}

/** A hold, from the server's side. */
interface OwnHold extends Hold {
  enter(gone: AbortSignal): Promise<void>;
}

const createHold = (onRelease: (hold: Hold) => void): OwnHold => {
  const opened = Promise.withResolvers<void>();
  const watchers = new Set<() => void>();
  let waiting = 0;
  const hold: OwnHold = {
    waiting: () => waiting,
    reached: (count) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (waiting < count) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      }),
    release: () => {
      onRelease(hold);
      opened.resolve();
    },
    enter: async (gone) => {
      const left = Promise.withResolvers<void>();
      gone.addEventListener('abort', () => left.resolve(), { once: true });
      waiting += 1;
      for (const look of watchers) look();
      await Promise.race([opened.promise, left.promise]);
      waiting -= 1;
    },
  };
  return hold;
};

/** An open gate. */
export const createGate = (): Gate => {
  const holds = new Set<Hold>();
  return {
    hold: () => {
      const hold = createHold((released) => holds.delete(released));
      holds.add(hold);
      return hold;
    },
    pass: async (gone) => {
      for (const hold of [...holds]) if (!gone.aborted) await (hold as OwnHold).enter(gone);
    },
    releaseAll: () => {
      for (const hold of [...holds]) hold.release();
    },
  };
};
