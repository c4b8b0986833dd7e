/** How far a run of a function is. */

import type { Reservation } from '../../../core/quota/types.ts';
import type { Spending } from './books.ts';
import type { Invocation } from './history.ts';
import type { Process } from './processes.ts';

/** A run. */
export interface Run {
  readonly number: number;
  readonly invocation: Invocation;
  /** None before it begins. */
  process: Process | undefined;
  spending: Spending | undefined;
  /** Versions of its reservation, in the order in which they were granted. */
  readonly versions: Reservation[];
  /** Number of the next deed. */
  next: number;
  /** Calls of the ledger without an answer. */
  flying: number;
  hasSettled: boolean;
  /** Whether it was granted when another run was settling already: what it holds may be its own, or the other's. */
  cameLate: boolean;
  /** Denied, failed, or through with its deeds. */
  isOver: boolean;
}

/** Where a run runs, and what it takes part in. */
export interface Held {
  readonly process: Process;
  readonly spending: Spending;
}
