/** How thorough the bench is. */

/** How thorough it is. */
export interface Effort {
  readonly rounds: number;
  /** Milliseconds of a turn. */
  readonly patienceMs: number;
  readonly cutOffMs: number;
  /** UTF-16 units of the larger text, and of hostile ones. */
  readonly large: number;
  /** Times by which a hostile text is shorter, to see how time grows. */
  readonly shorter: number;
  /** Most hostile texts. */
  readonly hostile: number;
  /** Labelled texts, and secrets of each rule. */
  readonly texts: number;
  readonly ofRule: number;
}

/** For numbers that mean something. */
export const THOROUGH: Effort = {
  rounds: 3,
  patienceMs: 300,
  cutOffMs: 3000,
  large: 2 ** 20,
  shorter: 8,
  hostile: Number.POSITIVE_INFINITY,
  texts: 600,
  ofRule: 3,
};
/** To see that it runs. */
export const QUICK: Effort = {
  rounds: 1,
  patienceMs: 5,
  cutOffMs: 500,
  large: 2 ** 15,
  shorter: 8,
  hostile: 4,
  texts: 20,
  ofRule: 1,
};
