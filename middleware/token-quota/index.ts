import type { MiddlewareObj, Request } from '@middy/core';
import { createAllowance } from '../../aws/bedrock/allowance.ts';
import type { InvocationScope } from '../../aws/invocation-scope.ts';
import { principalsOf } from '../../core/caller.ts';
import { BulwarkError, isBulwarkError } from '../../core/errors.ts';
import { callable, checkOptions, flag, integer, listOf, object, oneOf } from '../../core/options.ts';
import { type PrincipalKind, type QuotaLedger, refusalOf } from '../../core/quota/index.ts';
import type { HttpEvent } from '../http-event.ts';
import { type CostEstimate, requestCost } from '../request-cost.ts';
import { scopeOf } from '../request-scope.ts';
import { whenAnswered } from '../response-stream.ts';
import { inTime } from './in-time.ts';

/** Options of {@link tokenQuota}. */
export interface TokenQuotaOptions extends CostEstimate {
  /** Where usage is counted: `createDynamoDbQuotaLedger`, or `createMemoryQuotaLedger` for one process. */
  readonly ledger: QuotaLedger;
  /** Whether a budget counts USD, so that calls of models without a price are refused. @default false */
  readonly priced?: boolean;
  /**
   * Kinds of principals that budgets count for. A caller with none of them is refused: nobody could be charged.
   * @default none is needed
   */
  readonly payers?: readonly PrincipalKind[];
  /**
   * When the ledger cannot be reached: refuse the request, or let it pass unaccounted.
   * @default 'closed'
   */
  readonly onFailure?: 'closed' | 'open';
  /** How long a reservation outlives the function's own time-out, in milliseconds. @default 5000 */
  readonly leaseGraceMs?: number;
}

const CHECKS = {
  ledger: object,
  payers: listOf(oneOf('user', 'apiKey', 'ip', 'tenant', 'session', 'account')),
  priced: flag,
  onFailure: oneOf('closed', 'open'),
  leaseGraceMs: integer(0),
  maxTokens: integer(1),
  overheadTokens: integer(0),
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
 * @throws TypeError at creation for an unknown or invalid option; `quota_exceeded`, `caller_suspended`,
 * `request_never_fits`, `confirmation_invalid`, `unauthenticated` or `control_unavailable` on a request.
 */
export const tokenQuota = (options: TokenQuotaOptions): MiddlewareObj<HttpEvent> => {
  checkOptions(CONTROL, options, CHECKS);
  const { ledger, priced = false, payers = [], onFailure = 'closed', leaseGraceMs = 5000, ...estimate } = options;
  checkOptions(CONTROL, { reserve: ledger?.reserve, settle: ledger?.settle }, { reserve: callable, settle: callable });

  const tokenQuotaBefore = async (request: Request<HttpEvent>): Promise<void> => {
    const scope = scopeOf(request);
    const principals = principalsOf(scope.caller);
    if (payers.length > 0 && !principals.some(({ kind }) => payers.includes(kind))) {
      scope.record.count('AuthFailures');
      throw new BulwarkError('unauthenticated', { reason: 'nobody-to-charge' });
    }
    const remainingMs = request.context.getRemainingTimeInMillis?.() ?? LONGEST_RUN_MS;
    const lease = {
      id: scope.requestId,
      ttlMs: remainingMs + leaseGraceMs,
      ...(scope.confirmation === undefined ? {} : { consume: scope.confirmation }),
    };
    try {
      const reserving = ledger.reserve(principals, requestCost(request.event, estimate), lease);
      const outcome = await inTime(scope, reserving, (late) => late.granted && ledger.settle(late, {}));
      if (!outcome.granted) throw refusalOf(outcome);
      scope.allowance = createAllowance({
        ledger,
        priced,
        reservation: outcome,
        onDenied: (refusal) => refuse(scope, refusal),
      });
    } catch (error) {
      if (isBulwarkError(error)) {
        refuse(scope, error);
        throw error;
      }
      scope.record.count('ControlFailures');
      if (onFailure === 'open') {
        scope.record.decide({ control: CONTROL, verdict: 'allow', reason: 'ledger' });
        return;
      }
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
    if (allowance?.end() !== true) return;
    try {
      // Nobody is to begin under enforcement with strikes of the time before.
      const strikes = scope.monitor ? 0 : scope.strikes;
      const actual = { requests: 1, strikes, ...allowance.spent() };
      await inTime(scope, ledger.settle(allowance.reservation(), actual), () => {});
    } catch {
      scope.record.count('QuotaSettleFailed');
      scope.record.decide({ control: CONTROL, verdict: 'flag', reason: 'settle-failed' });
    }
  };

  const tokenQuotaAfter = (request: Request<HttpEvent>): void | Promise<void> =>
    whenAnswered(request, () => tokenQuotaSettle(request));

  return { before: tokenQuotaBefore, after: tokenQuotaAfter, onError: tokenQuotaSettle };
};
