/** The processes of a history: each with a ledger and a clock of its own, at one of a few places. */

import type { QuotaLedgerOptions } from '../../../core/quota/ledger/ledger.ts';
import type { Budget, Principal, QuotaLedger } from '../../../core/quota/types.ts';
import { createRandom } from './random.ts';
import type { Table } from './table.ts';

/** A process of the service. */
export interface Process {
  readonly number: number;
  readonly offset: number;
  readonly budgets: readonly Budget[];
  readonly ledger: QuotaLedger;
  isAlive: boolean;
  isFrozen: boolean;
  /** Requests to the table that failed. */
  failures: number;
}

/** Makes the ledger under test. */
export type LedgerMaker = (options: QuotaLedgerOptions) => QuotaLedger;

/** What processes are made with. */
export interface ProcessesOptions {
  readonly table: Table;
  readonly seed: number;
  /** The budgets of the version of the service that runs at a place. */
  readonly budgetsAt: (place: number) => readonly Budget[];
  readonly offsets: readonly number[];
  readonly makeLedger: LedgerMaker;
  /** The true time, in milliseconds. */
  readonly now: () => number;
}

/** The processes. */
export interface Processes {
  at(place: number): Process;
  byNumber(number: number): Process | undefined;
  /** Puts a new process in the place of one that dies. */
  crash(place: number, offset: number): Process;
  thawAll(): void;
  /** The latest time that any clock has shown so far. */
  latest(): number;
  /** The ledger of a process with a right clock that comes when all is over. */
  inspector(): QuotaLedger;
}

/** What stands for a principal in the table: ends with a mark, so that shards of it are known as such. */
export const keyOf = ({ kind, id }: Principal): string => `${kind}=${id};`;

/** How far clocks differ without consequences, in milliseconds. */
export const SKEW_MS = 2000;

/** One process at each place. */
export const createProcesses = (options: ProcessesOptions): Processes => {
  const { table, seed, budgetsAt, offsets, makeLedger, now } = options;
  const all: Process[] = [];
  let latest = 0;

  const start = (offset: number, place: number): Process => {
    const number = all.length;
    const budgets = budgetsAt(place);
    const random = createRandom(seed * 1000 + number);
    const ledger = makeLedger({
      store: table.storeFor(number),
      budgets,
      keyOf,
      nameOf: (id) => id,
      now: () => now() + offset,
      random: random.next,
      skewMs: SKEW_MS,
    });
    const process = { number, offset, budgets, ledger, isAlive: true, isFrozen: false, failures: 0 };
    all.push(process);
    return process;
  };

  const places = offsets.map(start);
  const at = (place: number): Process => places[place % places.length] as Process;
  return {
    at,
    byNumber: (number) => all[number],
    crash(place, offset) {
      const dying = at(place);
      dying.isAlive = false;
      table.orphan(dying.number);
      places[place % places.length] = start(offset, place);
      return dying;
    },
    thawAll() {
      for (const process of all) process.isFrozen = false;
    },
    latest() {
      for (const { isAlive, offset } of all) if (isAlive) latest = Math.max(latest, now() + offset);
      return latest;
    },
    inspector: () => start(0, 0).ledger,
  };
};
