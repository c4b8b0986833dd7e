import { randomUUID } from 'node:crypto';
import type { MiddlewareObj, Request } from '@middy/core';
import { createAllowance } from '../../aws/bedrock/allowance.ts';
import type { InvocationScope } from '../../aws/invocation-scope.ts';
import { principalsOf } from '../../core/caller.ts';
import { BulwarkError, isBulwarkError } from '../../core/errors.ts';
import { callable, checkOptions, integer, listOf, object } from '../../core/options.ts';
import { isCharged } from '../../core/quota/charged.ts';
import {
  type Budget,
  type Cost,
  checkBudgets,
  type Lease,
  type QuotaLedger,
  refusalOf,
  type TokenCounts,
} from '../../core/quota/index.ts';
import { isPerModel } from '../../core/quota/principals.ts';
import type { HttpEvent } from '../http-event.ts';
import { type CostEstimate, requestBound } from '../request-cost.ts';
import { scopeOf } from '../request-scope.ts';
import { whenAnswered } from '../response-stream.ts';
import { inTime } from './in-time.ts';
import { noteDenial, noteReservation, publishLevels, writeLevels } from './levels.ts';
import { oneTimeTokens } from './one-time-tokens.ts';

/** Options of {@link tokenQuota}. */
export interface TokenQuotaOptions extends CostEstimate {
  /** Where usage is counted: `createDynamoDbQuotaLedger`, or `createMemoryQuotaLedger` for one process. */
  readonly ledger: QuotaLedger;
  /**
   * The budgets that the ledger counts. A caller whom none of them counts for is refused: nobody could be charged. Where
   * they count USD or the account's quota, calls of models without a price are. An empty list lets everybody ask.
   */
  readonly budgets: readonly Budget[];
  /**
   * Most tokens that are reserved for a body before the handler runs. What a larger one needs is reserved when its call
   * is made, by Bedrock's own count where the policy asks for it. @default all of the bound by bytes
   */
  readonly countTokensAbove?: number;
  /** USD micro-units of one call at most. @default money is reserved when the call is made */
  readonly usdMicrosOf?: (usage: TokenCounts) => number;
  /** How long a reservation outlives the function's own time-out, in milliseconds. @default 5000 */
  readonly leaseGraceMs?: number;
}

const CHECKS = {
  ledger: object,
  budgets: listOf(object),
  leaseGraceMs: integer(0),
  maxTokens: integer(1),
  overheadTokens: integer(0),
  countTokensAbove: integer(0),
  usdMicrosOf: callable,
};

/** Lambda's longest run, for callers without a clock of their own (direct tests of a chain). */
const LONGEST_RUN_MS = 900_000;

const CONTROL = 'token-quota';

const refuse = (scope: InvocationScope, refusal: BulwarkError): void => {
  if (refusal.code === 'caller_suspended') scope.record.count('CallersSuspended');
  else if (refusal.code !== 'confirmation_invalid') scope.record.count('QuotaDenied');
  scope.record.refuse(refusal, CONTROL);
};

/**
 * Reserves what a request may cost before anything is spent, and settles what it did cost when it ends, however it
 * ends. A caller whose strikes budget is used up is refused here.
 *
 * @throws TypeError at creation for an unknown or invalid option, and for budgets that make no sense; `quota_exceeded`, `caller_suspended`,
 * `request_never_fits`, `confirmation_invalid`, `unauthenticated` or `control_unavailable` on a request.
 */
export const tokenQuota = (options: TokenQuotaOptions): MiddlewareObj<HttpEvent> => {
  checkOptions(CONTROL, options, CHECKS);
  const { ledger, budgets, leaseGraceMs = 5000, countTokensAbove, usdMicrosOf, ...estimate } = options;
  checkOptions(CONTROL, { reserve: ledger?.reserve, settle: ledger?.settle }, { reserve: callable, settle: callable });
  if (budgets === undefined) throw new TypeError(`${CONTROL}: budgets are needed: those that the ledger counts`);
  checkBudgets(budgets);
  const paysMoney = budgets.some((budget) => budget.unit === 'usd' && !isPerModel(budget));
  const priced = budgets.some(({ unit }) => unit === 'usd' || unit === 'quotaTokens');
  const perModel = budgets.some(isPerModel);

  /** What is reserved at the door: one call of the handler's. */
  const admissionCost = (event: HttpEvent): Cost => {
    const { bodyTokens, overheadTokens, outputTokens } = requestBound(event, estimate);
    const inputTokens = Math.min(bodyTokens, countTokensAbove ?? bodyTokens) + overheadTokens;
    const usdMicros = usdMicrosOf?.({ inputTokens, outputTokens }) ?? 0;
    return { requests: 1, tokens: inputTokens + outputTokens, usdMicros };
  };

  const tokenQuotaBefore = async (request: Request<HttpEvent>): Promise<void> => {
    const scope = scopeOf(request);
    const principals = principalsOf(scope.caller);
    if (!isCharged(budgets, principals)) {
      scope.record.count('AuthFailures');
      throw new BulwarkError('unauthenticated', { reason: 'nobody-to-charge' });
    }
    const leaseUntil = Date.now() + (request.context.getRemainingTimeInMillis?.() ?? LONGEST_RUN_MS) + leaseGraceMs;
    // Not the invocation's own id: when Lambda runs it again, the run before may have been billed and stays charged.
    const leaseNow = (): Lease => ({ id: randomUUID(), ttlMs: Math.max(leaseGraceMs, leaseUntil - Date.now()) });
    const lease = { ...leaseNow(), ...(scope.confirmation && { consume: scope.confirmation }) };
    try {
      const reserving = ledger.reserve(principals, admissionCost(request.event), lease);
      const outcome = await inTime(scope, reserving, (late) => late.granted && ledger.settle(late, {}));
      if (!outcome.granted) {
        noteDenial(scope, outcome);
        throw refusalOf(outcome);
      }
      scope.useUp = oneTimeTokens({ scope, ledger, principals, lease: leaseNow });
      scope.allowance = createAllowance({
        ledger,
        priced,
        paysMoney,
        reservation: outcome,
        models: perModel ? { principals, lease: leaseNow } : undefined,
        onDenied: (denial, refusal, called) => {
          noteDenial(scope, denial, called);
          refuse(scope, refusal);
        },
        onReserved: (reservation, called) => noteReservation(scope, CONTROL, reservation, called),
      });
    } catch (error) {
      if (isBulwarkError(error)) {
        refuse(scope, error);
        throw error;
      }
      scope.record.count('ControlFailures');
      const refusal = new BulwarkError('control_unavailable', { headers: { 'retry-after': '5' }, reason: 'ledger' });
      scope.record.refuse(refusal, CONTROL);
      throw refusal;
    }
  };

  /** A settle that fails leaves the reservation charged in full: too much is counted, never too little. */
  const tokenQuotaSettle = async (request: Request<HttpEvent>): Promise<void> => {
    const scope = scopeOf(request);
    const { allowance } = scope;
    scope.abandonCalls();
    publishLevels(scope, CONTROL);
    if (allowance?.end() !== true) return;
    try {
      // Nobody is to begin under enforcement with strikes of the time before.
      const strikes = scope.monitor ? 0 : scope.strikes;
      await inTime(scope, allowance.settle({ requests: 1, strikes }), () => {});
    } catch {
      scope.record.count('QuotaSettleFailed');
      scope.record.decide({ control: CONTROL, verdict: 'flag', reason: 'settle-failed' });
    }
  };

  const tokenQuotaAfter = (request: Request<HttpEvent>): void | Promise<void> => {
    writeLevels(request);
    return whenAnswered(request, () => tokenQuotaSettle(request));
  };

  return { before: tokenQuotaBefore, after: tokenQuotaAfter, onError: tokenQuotaSettle };
};
