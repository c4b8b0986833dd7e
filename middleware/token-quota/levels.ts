/** How full budgets are, as metrics, in the record and in the headers of an answer. */

import type { Request } from '@middy/core';
import type { InvocationScope } from '../../aws/invocation-scope.ts';
import { atomsOf } from '../../core/quota/principals.ts';
import { levelFields, WARNING_PERCENTS, warningOf } from '../../core/quota/rate-limit-fields.ts';
import type { BudgetLevel, Reservation } from '../../core/quota/types.ts';
import { isProxyResponse, responseHeader } from '../proxy-response.ts';
import { scopeOf } from '../request-scope.ts';

/** Notes how full the budgets of a reservation are, and whether the table counted all of them. */
export const noteReservation = (scope: InvocationScope, control: string, reservation: Reservation): void => {
  for (const level of reservation.levels) scope.levels.set(level.budget, level);
  if (reservation.uncounted.length === 0) return;
  scope.record.count('ControlFailures');
  scope.record.decide({ control, verdict: 'allow', reason: 'ledger' });
};

/** Whether a budget is one of the account's own quotas at Bedrock. */
const isAccountQuota = ({ per, unit, windowSeconds }: BudgetLevel): boolean => {
  const atoms = atomsOf(per);
  return atoms.includes('account') && atoms.includes('model') && windowSeconds === 60 && unit !== 'usd';
};

/** Counts warnings, each budget once a request, and how far the account's own quotas are used. */
export const publishLevels = ({ levels, record }: InvocationScope, control: string): void => {
  for (const level of levels.values()) {
    if (isAccountQuota(level)) record.peak('AccountQuotaUse', (100 * level.used) / level.limit);
    const reached = warningOf(level);
    if (reached === undefined) continue;
    for (const percent of WARNING_PERCENTS) if (percent <= reached) record.count(`BudgetsAt${percent}`);
    const rules = [{ rule: `at-${reached}`, score: Math.min(1, level.used / level.limit) }];
    record.decide({ control, verdict: 'flag', reason: level.budget, rules });
  }
};

/** Tells the client what it may still use, where the handler does not say so itself. */
export const writeLevels = (request: Request): void => {
  const scope = scopeOf(request);
  const response: unknown = request.response;
  if (scope.monitor || !isProxyResponse(response)) return;
  const fields = Object.entries(levelFields([...scope.levels.values()])).filter(
    ([name]) => responseHeader(response, name) === undefined,
  );
  if (fields.length > 0)
    request.response = { ...response, headers: { ...response.headers, ...Object.fromEntries(fields) } };
};
