/** Refusals that no call can meet, each with its reason: they are left out, and not counted as shown. */

/** A refusal by its file and what stands in it. */
export interface Spared {
  readonly file: string;
  readonly text: string;
  readonly reason: string;
}

export const SPARED: readonly Spared[] = [];
