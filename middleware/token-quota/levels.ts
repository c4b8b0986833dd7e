/** How full budgets are, as metrics, in the record and in the headers of an answer. */

import type { Request } from '@middy/core';
import type { CalledModel } from '../../aws/bedrock/allowance.ts';
import type { InvocationScope } from '../../aws/invocation-scope.ts';
import { isAccountWide, type MetLevel, metBy, percentOf, spendPaceOf } from '../../core/quota/met-level.ts';
import { levelFields, WARNING_PERCENTS, warningOf } from '../../core/quota/rate-limit-fields.ts';
import type { Denial, Reservation } from '../../core/quota/types.ts';
import { sourceOf } from '../http-event.ts';
import { isProxyResponse, type ProxyResponse, responseHeader } from '../proxy-response.ts';
import { scopeOf } from '../request-scope.ts';

/** Notes a level, each budget by itself for each model. The fullest counts. */
const noteLevel = ({ levels }: InvocationScope, level: MetLevel, called: CalledModel | undefined): void => {
  const key = called === undefined ? level.budget : `${level.budget} ${called.region}/${called.modelId}`;
  const known = levels.get(key);
  if (known === undefined || percentOf(level) >= percentOf(known)) levels.set(key, level);
};

/** Notes how full the budgets of a reservation are, and whether the table counted all of them. */
export const noteReservation = (
  scope: InvocationScope,
  control: string,
  reservation: Reservation,
  called: CalledModel | undefined,
): void => {
  for (const level of reservation.levels) noteLevel(scope, level, called);
  if (reservation.uncounted.length === 0) return;
  scope.record.count('ControlFailures');
  scope.record.count('ControlsFailedOpen');
  scope.record.decide({ control, verdict: 'allow', reason: 'ledger' });
};

/** Notes that a budget refused: it is full, though a smaller request may fit. */
export const noteDenial = (scope: InvocationScope, denial: Denial, called?: CalledModel): void => {
  const level = metBy(denial);
  if (level !== undefined) noteLevel(scope, level, called);
};

/** Counts warnings, each budget once a request, and how far what the account has for everybody is used. */
export const publishLevels = ({ levels, record }: InvocationScope, control: string): void => {
  for (const level of levels.values()) {
    if (isAccountWide(level)) record.peak('AccountQuotaUse', percentOf(level));
    const pace = spendPaceOf(level);
    if (pace !== undefined) record.peak('SpendPace', pace);
    const reached = warningOf(level);
    if (reached === undefined) continue;
    for (const percent of WARNING_PERCENTS) if (percent <= reached) record.count(`BudgetsAt${percent}`);
    if (level.refused === true) continue;
    const rules = [{ rule: `at-${reached}`, score: Math.min(1, percentOf(level) / 100) }];
    record.decide({ control, verdict: 'flag', reason: level.budget, rules });
  }
  levels.clear();
};

/** The two fields that belong together: one of the handler's beside one of the kit's would speak of other budgets. */
const RATE_LIMIT_FIELDS = ['ratelimit', 'ratelimit-policy'];

const isSaid = (response: ProxyResponse, name: string): boolean =>
  (RATE_LIMIT_FIELDS.includes(name) ? RATE_LIMIT_FIELDS : [name]).some(
    (field) => responseHeader(response, field) !== undefined,
  );

/** A load balancer that is answered with lists of values reads nothing else. */
const withFields = (
  response: ProxyResponse,
  fields: Readonly<Record<string, string>>,
  inLists: boolean,
): ProxyResponse => {
  if (!inLists) return { ...response, headers: { ...response.headers, ...fields } };
  const lists = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, [value]]));
  return { ...response, multiValueHeaders: { ...response.multiValueHeaders, ...lists } };
};

/** Tells the client what it may still use, where the handler does not say so itself. */
export const writeLevels = (request: Request): void => {
  const scope = scopeOf(request);
  const response: unknown = request.response;
  if (scope.monitor || !isProxyResponse(response)) return;
  const levels = scope.allowance?.levels({ requests: 1 }) ?? [];
  const fields = Object.entries(levelFields(levels)).filter(([name]) => !isSaid(response, name));
  if (fields.length === 0) return;
  const inLists = sourceOf(request.event) === 'alb' && response.multiValueHeaders !== undefined;
  request.response = withFields(response, Object.fromEntries(fields), inLists);
};
