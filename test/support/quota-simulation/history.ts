/** What a simulated history is made of: plain data, so that a part of it can be lived through again. */

import type { Budget, Cost, Principal } from '../../../core/quota/types.ts';

/** What an invocation does with its reservation. `share` is of what it was granted. */
export type Deed =
  | {
      readonly do: 'extend';
      readonly extra: Cost;
      /** Which version of the reservation is extended. */
      readonly from: 'first' | 'latest';
      /** Does not wait for what it began before. */
      readonly atOnce: boolean;
    }
  | { readonly do: 'bill'; readonly share: number }
  | { readonly do: 'settle'; readonly strikes: number; readonly atOnce: boolean };

/** One run of a function for one request: it reserves, then does its deeds one by one. */
export interface Invocation {
  /** The place of the process that it runs in: whoever is there when it begins. */
  readonly place: number;
  readonly principals: readonly Principal[];
  readonly cost: Cost;
  readonly lease: string;
  readonly ttlMs: number;
  /** `ttlMs` from the start of the history. */
  readonly token?: { readonly id: string; readonly ttlMs: number };
  /** The run that it repeats, by number; with `early` it does not wait for that run's end. */
  readonly repeats?: { readonly run: number; readonly early: boolean };
  readonly deeds: readonly Deed[];
}

/**
 * What happens to a request to the table, once it is dealt with:
 * - `lost`: it is done, the reply is lost, and the SDK sends it again
 * - `gone`: it is done, and no reply ever comes
 * - `refused`: it is not done
 * - `ghost`: the client gives up, and it is done some time after
 */
export type Fault = 'lost' | 'gone' | 'refused' | 'ghost';

/** A step. `pick` chooses among what there is at that moment. */
export type Step =
  /** Some invocation does what it does next. */
  | { readonly do: 'act'; readonly pick: number }
  /** A request is done, if it was not, and answered. */
  | { readonly do: 'answer'; readonly pick: number; readonly fault?: Fault }
  /** A request is done; the answer is on its way. */
  | { readonly do: 'apply'; readonly pick: number }
  /** Time passes, or is left at `edge` ms from the end of the present minute, hour or day. */
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'wait-for-end'; readonly of: number; readonly edge: number }
  /** A process dies with all that it was about to do; what it has sent may still be done. */
  | { readonly do: 'crash'; readonly place: number; readonly offset: number }
  | { readonly do: 'freeze'; readonly place: number }
  | { readonly do: 'thaw'; readonly place: number }
  | { readonly do: 'outage'; readonly on: boolean }
  | { readonly do: 'audit' };

/** How much goes wrong: nothing, lost replies that are asked for again, or everything. */
export type Weather = 'calm' | 'lossy' | 'stormy';

/** A history. */
export interface History {
  readonly seed: number;
  readonly weather: Weather;
  readonly startsAt: number;
  readonly budgets: readonly Budget[];
  /** Budgets of the processes at some places, where another version of the service runs. */
  readonly deployed?: { readonly budgets: readonly Budget[]; readonly fromPlace: number };
  /** How far the clock of the first process at each place is off, in milliseconds. */
  readonly offsets: readonly number[];
  readonly invocations: readonly Invocation[];
  readonly steps: readonly Step[];
}
