/** What all evaluations have in common. */

import type { Output } from '../../cli/output.ts';

/** What an evaluation finds around it. */
export interface EvaluationSurroundings {
  /** Milliseconds since the epoch, for the date of a result. */
  readonly now: () => number;
  /** Milliseconds, as fine as they come, for latencies. */
  readonly clock: () => number;
  /** Shows how far it is, on one line that is written over; `undefined` where standard error is no terminal. */
  readonly progress: ((line: string) => void) | undefined;
}

/** An evaluation of one engine. */
export interface Evaluation {
  /** One line for the help. */
  readonly summary: string;
  /** @returns The exit code: 0; 1 when no row could be used; 2 for a wrong command line. */
  readonly run: (args: readonly string[], output: Output, around: EvaluationSurroundings) => Promise<number>;
}

/** The surroundings of this process. */
export const processSurroundings = (): EvaluationSurroundings => ({
  now: Date.now,
  clock: () => performance.now(),
  progress: process.stderr.isTTY ? (line) => void process.stderr.write(`\r${line}\u001b[K`) : undefined,
});
