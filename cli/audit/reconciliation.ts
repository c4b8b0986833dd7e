/** What a comparison of records and calls comes to. */

import { OTHERS, type Reconciled, type Unrecorded } from './join.ts';

/** Requests of one kind. */
export interface DriftGroup {
  readonly requests: number;
  /** Charged less billed. */
  readonly tokens: number;
  readonly usd: number;
}

/** A whole comparison. */
export interface Reconciliation {
  readonly requests: number;
  /** Requests that called no model, and are in no invocation log. */
  readonly withoutCalls: number;
  readonly calls: number;
  /** Attempts beyond the first of each call, by the records. */
  readonly retries: number;
  /** Calls in Bedrock's log, of requests that have a record. */
  readonly invocations: number;
  readonly charged: { readonly tokens: number; readonly usd: number };
  /** Of requests that have a record, and of calls that have none. */
  readonly billed: { readonly tokens: number; readonly usd: number };
  readonly exact: DriftGroup;
  /** Charged more than was billed: mostly bounds, where Bedrock did not say what was used. */
  readonly over: DriftGroup;
  /** Of them, those with a charge by a bound. */
  readonly atBound: DriftGroup;
  /** Charged less than was billed. */
  readonly under: DriftGroup;
  /** Charged, and in no invocation log. */
  readonly missing: DriftGroup;
  /** Called Bedrock, and in no record: by who called. */
  readonly unrecorded: readonly (readonly [caller: string, Unrecorded])[];
  /** Sum of all differences of tokens, whatever their sign, over the tokens billed. */
  readonly difference: number;
  /** Requests with the greatest differences. */
  readonly worst: readonly Reconciled[];
}

/** What was read besides. */
export interface ReadInvocations {
  readonly records: number;
  readonly invocations: number;
  readonly other: number;
  readonly unreadable: number;
}

/** Requests that are listed. */
const MOST_LISTED = 20;

type Group = { -readonly [Name in keyof DriftGroup]: DriftGroup[Name] };

const emptyGroup = (): Group => ({ requests: 0, tokens: 0, usd: 0 });

const driftOf = ({ chargedTokens, billedTokens }: Reconciled): number => chargedTokens - billedTokens;

/** Adds up what several readings found. */
export interface Summary {
  add(requests: Iterable<Reconciled>, unrecorded: ReadonlyMap<string, Unrecorded>): void;
  result(): Reconciliation;
}

/** An empty summary. */
export const createSummary = (): Summary => {
  const groups = {
    exact: emptyGroup(),
    over: emptyGroup(),
    atBound: emptyGroup(),
    under: emptyGroup(),
    missing: emptyGroup(),
  };
  const unrecorded = new Map<string, Unrecorded>();
  const charged = { tokens: 0, usd: 0 };
  const billed = { tokens: 0, usd: 0 };
  const counts = { requests: 0, withoutCalls: 0, calls: 0, retries: 0, invocations: 0 };
  let differing = 0;
  let worst: Reconciled[] = [];

  const addTo = (group: Group, request: Reconciled): void => {
    group.requests += 1;
    group.tokens += driftOf(request);
    group.usd += request.chargedUsd - request.billedUsd;
  };

  const groupOf = (request: Reconciled): Group => {
    const drift = driftOf(request);
    if (drift !== 0 && request.invocations === 0) return groups.missing;
    if (drift === 0) return groups.exact;
    return drift > 0 ? groups.over : groups.under;
  };

  const take = (request: Reconciled): void => {
    counts.requests += 1;
    counts.calls += request.calls;
    counts.retries += Math.max(0, request.attempts - request.calls);
    counts.invocations += request.invocations;
    charged.tokens += request.chargedTokens;
    charged.usd += request.chargedUsd;
    billed.tokens += request.billedTokens;
    billed.usd += request.billedUsd;
    if (request.calls === 0 && request.invocations === 0 && request.chargedTokens === 0) {
      counts.withoutCalls += 1;
      return;
    }
    const group = groupOf(request);
    addTo(group, request);
    if (group === groups.exact) return;
    if (group === groups.over && request.atBound) addTo(groups.atBound, request);
    differing += Math.abs(driftOf(request));
    worst.push(request);
    if (worst.length >= MOST_LISTED * 50) cutWorst();
  };

  const cutWorst = (): void => {
    worst = worst.sort((one, other) => Math.abs(driftOf(other)) - Math.abs(driftOf(one))).slice(0, MOST_LISTED);
  };

  /** What one reading took back of a caller that another one had not told apart. */
  const takeBack = (): void => {
    for (const [caller, { calls, tokens, usd }] of [...unrecorded]) {
      const others = unrecorded.get(OTHERS);
      if (calls >= 0 || others === undefined || caller === OTHERS) continue;
      unrecorded.delete(caller);
      unrecorded.set(OTHERS, { calls: others.calls + calls, tokens: others.tokens + tokens, usd: others.usd + usd });
    }
  };

  return {
    add(requests, more) {
      for (const request of requests) take(request);
      for (const [caller, { calls, tokens, usd }] of more) {
        const known = unrecorded.get(caller) ?? { calls: 0, tokens: 0, usd: 0 };
        unrecorded.set(caller, { calls: known.calls + calls, tokens: known.tokens + tokens, usd: known.usd + usd });
      }
    },
    result() {
      cutWorst();
      takeBack();
      const callers = [...unrecorded]
        .filter(([, { calls }]) => calls > 0)
        .sort(([a, x], [b, y]) => y.tokens - x.tokens || Number(a === OTHERS) - Number(b === OTHERS));
      const unknown = callers.reduce(
        (sum, [, { tokens, usd }]) => ({ tokens: sum.tokens + tokens, usd: sum.usd + usd }),
        { tokens: 0, usd: 0 },
      );
      const all = { tokens: billed.tokens + unknown.tokens, usd: billed.usd + unknown.usd };
      const difference = differing + unknown.tokens;
      return {
        ...counts,
        charged: { ...charged },
        billed: all,
        ...groups,
        unrecorded: callers,
        difference: difference === 0 ? 0 : difference / Math.max(1, all.tokens),
        worst,
      };
    },
  };
};
