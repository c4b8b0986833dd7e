/** Calls of the ledger, and what callers make of the answers. */

import type { Denial, Reservation } from '../../../core/quota/types.ts';
import { accountsOf, promisedTo } from './accounts.ts';
import { add, combine, grantedOf, isSame, isUnclear, type Spending } from './books.ts';
import { type Asked, checkDenial } from './denials.ts';
import {
  checkCounted,
  checkLevels,
  checkLimits,
  checkShares,
  checkStrikes,
  checkStruck,
  checkToken,
} from './grants.ts';
import type { Deed } from './history.ts';
import { keyOf, SKEW_MS } from './processes.ts';
import type { Held, Run } from './run.ts';
import type { World } from './world.ts';

/** What runs do. */
export interface Calls {
  reserve(run: Run): void;
  extend(run: Run, held: Held, deed: Extension): void;
  /** Uses up to a share of what was granted; no call. */
  bill(run: Run, held: Held, share: number): void;
  settle(run: Run, held: Held, strikes: number): void;
  /** Ends a run that is through with its deeds. */
  finish(run: Run): void;
}

type Extension = Deed & { readonly do: 'extend' };

/** For how long after its expiry a reservation that was given back may still be settled (`LAPSED_MS`). */
const REMEMBERED_MS = 900_000;

/** Calls of `runs`. */
export const createCalls = (world: World, runs: readonly Run[]): Calls => {
  const { history, books, processes } = world;
  const usedTokens = new Map<string, Spending>();

  const finish = (run: Run): void => {
    if (run.flying === 0 && run.next >= run.invocation.deeds.length) run.isOver = true;
  };

  /** An error that no failed request explains is the ledger's own. */
  const checkFailure = (run: Run, spending: Spending, what: string, isExplained: boolean, error: Error): void => {
    world.count(`${what} failed`);
    world.tell(() => `run ${run.number}: ${what} failed: ${error.message}`);
    const hasEnded = spending.actual !== undefined || spending.mayHaveLapsed || spending.isBlurred;
    if (!isExplained && !(what === 'extend' && hasEnded))
      world.violate('error', `run ${run.number}: ${what}: ${error.message}`);
  };

  /** Waits for an answer; a process that died never gets one. */
  const call = <T>(
    run: Run,
    { process, spending }: Held,
    what: 'reserve' | 'extend' | 'settle',
    made: Promise<T>,
    end: (answer: T | undefined) => void,
  ): void => {
    const failuresBefore = process.failures;
    run.flying += 1;
    const ending = (answer: T | undefined, error?: Error): void => {
      run.flying -= 1;
      const hasFailed = process.failures > failuresBefore;
      if (hasFailed) spending.isUnsure = true;
      if (process.failures > 0) spending.isLoose = true;
      if (error !== undefined) checkFailure(run, spending, what, hasFailed, error);
      end(answer);
      finish(run);
    };
    made.then(
      (answer) => ending(answer),
      (error: Error) => ending(undefined, error),
    );
  };

  const denied = (run: Run, asked: Asked, denial: Denial, what: string): void => {
    world.tell(
      () => `run ${run.number}: ${what} denied by ${denial.budget || denial.reason}, ${denial.remaining} left`,
    );
    if (denial.reason === 'consumed') {
      const { token, lease } = run.invocation;
      const isExpired = token !== undefined && history.startsAt + token.ttlMs < processes.latest();
      const isUsed = runs.some((other) => other !== run && other.spending && other.invocation.token?.id === token?.id);
      if (!isExpired && !isUsed && !run.spending?.mayHaveLapsed)
        world.violate('I9', `${lease}: its token was not used`);
    }
    checkDenial(world, asked, denial);
  };

  const reserve = (run: Run): void => {
    const { principals, cost, token, lease, ttlMs, place } = run.invocation;
    const process = processes.at(place);
    const accounts = accountsOf(process.budgets, principals);
    const before = books.all.length;
    const spending = books.join(
      run.invocation,
      promisedTo(history, process.budgets, principals),
      world.now() + process.offset,
    );
    const known = new Map(books.all.map((each) => [each, grantedOf(each)]));
    const asked = { accounts, cost, process, since: world.now() };
    const settled = new Set(books.all.filter(({ isSettled }) => isSettled));
    const isNew = books.all.length > before;
    // what a version of the service that has other budgets spends is counted by those
    if (runs.some((other) => other.spending === spending && other.process?.budgets !== process.budgets))
      spending.isUnknown = true;
    const held = { process, spending };
    Object.assign(run, held);
    spending.reserving += 1;
    world.count(isNew ? 'reserve' : 'reserve again');
    world.tell(() => `run ${run.number}: reserve ${lease} in process ${process.number}`);

    const granted = (reservation: Reservation): void => {
      world.tell(() => `run ${run.number}: granted ${JSON.stringify(reservation.cost)}`);
      world.count('granted');
      if (Math.abs(process.offset) > SKEW_MS) world.count('clock far off');
      spending.granted ??= reservation.cost;
      spending.asked = combine(spending.asked, cost, Math.max);
      spending.holders += 1;
      run.cameLate = spending.actual !== undefined || spending.isBlurred;
      run.versions.push(reservation);
      checkLevels(world, reservation, accounts);
      if (history.deployed !== undefined) world.count('two versions');
      if (!isNew && !isSame(combine(spending.asked, cost, Math.max), cost)) world.count('another cost');
      if (isNew) checkCounted(world, spending, cost, process);
      checkLimits(world, spending);
      if (isNew) {
        checkShares(world, spending, known, cost);
        checkStrikes(world, spending, settled, asked.since + process.offset);
      }
      const keeper = principals.find(({ kind }) => kind !== 'session') ?? principals[0];
      if (token && keeper) checkToken(world, spending, usedTokens, `${keyOf(keeper)} ${token.id}`);
    };

    const consume = token && { id: token.id, expiresAt: history.startsAt + token.ttlMs };
    const made = process.ledger.reserve(principals, cost, { id: lease, ttlMs, ...(consume && { consume }) });
    call(run, held, 'reserve', made, (outcome) => {
      spending.reserving -= 1;
      if (outcome?.granted) granted(outcome);
      else run.isOver = true;
      if (outcome?.granted === false) denied(run, asked, outcome, 'reserve');
    });
  };

  const extend = (run: Run, held: Held, { extra, from }: Extension): void => {
    const { process, spending } = held;
    const version = run.versions.at(from === 'first' ? 0 : -1) as Reservation;
    const accounts = accountsOf(process.budgets, run.invocation.principals);
    const asked = { accounts, cost: extra, process, since: world.now() };
    world.count(run.flying > 0 ? 'extend at once' : 'extend');
    world.tell(() => `run ${run.number}: extend by ${JSON.stringify(extra)}`);
    call(run, held, 'extend', process.ledger.extend(version, extra), (outcome) => {
      if (outcome?.granted === false) denied(run, asked, outcome, 'extend');
      if (!outcome?.granted) return;
      world.tell(() => `run ${run.number}: extended to ${JSON.stringify(outcome.cost)}`);
      world.count('extended');
      spending.granted = combine(spending.granted ?? {}, extra, add);
      run.versions.push(outcome);
      checkLimits(world, spending);
    });
  };

  const bill = (run: Run, { spending }: Held, share: number): void => {
    if (spending.actual !== undefined) return; // whoever settles has stopped spending
    const part = combine(grantedOf(spending), {}, (most) => Math.floor(most * share));
    spending.billed = combine(spending.billed, { ...part, requests: 1 }, Math.max);
    world.tell(() => `run ${run.number}: billed ${JSON.stringify(spending.billed)}`);
    world.count(processes.latest() > spending.expiresAt ? 'billed late' : 'billed');
  };

  const settle = (run: Run, held: Held, strikes: number): void => {
    const { process, spending } = held;
    const isLate = processes.latest() > spending.expiresAt;
    world.count(run.hasSettled ? 'settle twice' : isLate ? 'settle late' : 'settle');
    spending.actual ??= combine(spending.billed, { strikes }, add);
    if (spending.reserving > 0) spending.isBlurred = true;
    spending.settling += 1;
    spending.settlements += 1;
    const version = run.versions.at(-1) as Reservation;
    // nobody says to have used more than what it was granted
    const most = { ...version.cost, strikes: spending.actual.strikes ?? 0 };
    const isDoubtful = run.cameLate || isUnclear(spending);
    const actual = isDoubtful ? combine(spending.actual, most, Math.min) : spending.actual;
    if (!isSame(actual, spending.actual)) spending.isUnknown = true;
    world.tell(() => `run ${run.number}: settle ${JSON.stringify(actual)}`);
    const made = process.ledger.settle(version, actual).then(() => true);
    call(run, held, 'settle', made, (isDone) => {
      spending.settling -= 1;
      if (!isDone) return;
      world.tell(() => `run ${run.number}: settled`);
      if (!spending.isSettled) spending.isForgotten = processes.latest() > spending.expiresAt + REMEMBERED_MS;
      if (!run.hasSettled) spending.holders -= 1;
      spending.isSettled = true;
      run.hasSettled = true;
      checkStruck(world, spending);
    });
  };

  return { reserve, extend, bill, settle, finish };
};
