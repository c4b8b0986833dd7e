/** What Bedrock saw of a run: attempts by call, and what each caller would be billed. */

import { PRICE_LIST } from '../../aws/bedrock/index.ts';
import { REQUEST_ID_METADATA } from '../../core/converse/parameters.ts';
import { usdMicros } from '../../core/quota/cost/cost.ts';
import type { ReceivedRequest } from '../../local/bedrock/index.ts';
import { faultsOf } from './faults.ts';
import { type ChaosOptions, indexOf, planOf } from './plan.ts';
import { CALL_METADATA, RETRY } from './rules.ts';

/** Tokens, and USD micro-units. */
export interface Bill {
  readonly tokens: number;
  readonly usdMicros: number;
}

/** The books at the end of a run. */
export interface Books {
  /** By user and by tenant. */
  readonly billed: Readonly<Record<string, Bill>>;
  /** All tokens of requests in the books. */
  readonly tokens: number;
  readonly calls: number;
  readonly attempts: number;
  /** Most attempts of a call of one model. */
  readonly mostAttempts: number;
  /** Most retries of the calls of one request. */
  readonly mostRetries: number;
  /** Retries after an answer that the server had sent whole. */
  readonly unseen: number;
  /** What broke the policy of attempts. */
  readonly broken: readonly string[];
}

/** Keeps them. */
export interface BookKeeper {
  /** Enters a request. @returns The fault that it meets, by name. */
  enter(request: ReceivedRequest): string | undefined;
  close(): Books;
}

/** Attempts of one call at one model, in their order. */
type Attempts = ReceivedRequest[];

/** Faults after which nothing certainly was billed: all others count as paid. */
const isFree = (fault: string | undefined): boolean => {
  const kind = fault === undefined ? undefined : faultsOf(0)[fault];
  return kind?.kind === 'error' && /Throttling|NotReady|ServiceUnavailable|AccessDenied/.test(kind.type);
};

const MOST_BROKEN = 20;

/** Empty books. */
export const createBooks = (options: ChaosOptions): BookKeeper => {
  const entered: { readonly index: number; readonly request: ReceivedRequest }[] = [];
  const arrivals = new Map<number, number>();
  const faults = new WeakMap<ReceivedRequest, string>();
  const calls = new Map<string, Attempts>();
  const retries = new Map<number, { all: number; paid: number }>();
  const broken: string[] = [];
  let unseen = 0;
  const breaks = (what: string): void => {
    if (broken.length < MOST_BROKEN) broken.push(what);
  };

  const faultOf = (index: number): string | undefined => {
    const { fault, spared, strikes } = planOf(options, index);
    const arrival = (arrivals.get(index) ?? 0) + 1;
    arrivals.set(index, arrival);
    return arrival > spared && arrival <= spared + strikes ? fault : undefined;
  };

  const checkAttempt = (index: number, call: string, before: Attempts): void => {
    const last = before.at(-1);
    if (last === undefined) return;
    const spent = retries.get(index) ?? { all: 0, paid: 0 };
    retries.set(index, spent);
    spent.all += 1;
    if (!isFree(faults.get(last))) spent.paid += 1;
    if (before.length >= RETRY.maxAttempts) breaks(`${call}: attempt ${before.length + 1}`);
    if (spent.all > RETRY.maxRetries) breaks(`request ${index}: retry ${spent.all}`);
    if (spent.paid > RETRY.maxPaidRetries) breaks(`request ${index}: paid retry ${spent.paid}`);
    // Whether an answer that was sent also arrived, only the client knows: it stands among the paid ones.
    if (last.status === 200 && !last.aborted) unseen += 1;
  };

  return {
    enter(request) {
      const { [REQUEST_ID_METADATA]: id, [CALL_METADATA]: number } = Object(request.controls.requestMetadata);
      const index = indexOf(id);
      if (index === undefined) {
        breaks('a call without the id of its request');
        return undefined;
      }
      const call = `request ${index}, call ${number}, ${request.modelId}`;
      const attempts = calls.get(call) ?? [];
      calls.set(call, attempts);
      checkAttempt(index, call, attempts);
      attempts.push(request);
      entered.push({ index, request });
      const fault = faultOf(index);
      if (fault !== undefined) faults.set(request, fault);
      return fault;
    },
    close() {
      const billed: Record<string, Bill> = {};
      let tokens = 0;
      for (const { index, request } of entered) {
        const { user, tenant } = planOf(options, index);
        const price = PRICE_LIST[request.modelId];
        if (price === undefined) throw new Error(`no price of ${request.modelId}`);
        tokens += request.billed.totalTokens;
        for (const name of [user, tenant]) {
          const before = billed[name] ?? { tokens: 0, usdMicros: 0 };
          billed[name] = {
            tokens: before.tokens + request.billed.totalTokens,
            usdMicros: before.usdMicros + usdMicros(request.billed, price),
          };
        }
      }
      return {
        billed,
        tokens,
        calls: calls.size,
        attempts: entered.length,
        mostAttempts: Math.max(0, ...[...calls.values()].map(({ length }) => length)),
        mostRetries: Math.max(0, ...[...retries.values()].map(({ all }) => all)),
        unseen,
        broken,
      };
    },
  };
};
