/** What everybody in a simulation shares. */

import type { Books } from './books.ts';
import type { History } from './history.ts';
import type { Processes } from './processes.ts';
import type { Table } from './table.ts';
import type { Versions } from './versions.ts';

/** A promise of the ledger that was broken. */
export interface Violation {
  readonly invariant: string;
  readonly what: string;
}

/** A simulated world. Times in milliseconds. */
export interface World {
  readonly history: History;
  readonly table: Table;
  readonly processes: Processes;
  readonly books: Books;
  readonly versions: Versions;
  /** The true time. */
  now(): number;
  /** Counts that something occurred. */
  count(event: string): void;
  /** Says that a promise was broken; the first one counts. */
  violate(invariant: string, what: string): void;
  /** Notes what a reader of the history wants to know. */
  tell(line: () => string): void;
}
