/** Whether budgets make sense, each and together. Checked once, at cold start. */

import { checkOptions, flag, integer, listOf, object, oneOf, text } from '../options.ts';
import { budgetsOf, countsModel, isKind, isPerModel, KINDS_IN_WORDS, kindsOf, rankOf } from './principals.ts';
import type { Budget, PrincipalKind } from './types.ts';
import { checkZone } from './windows/windows.ts';

const NAME = /^[a-z0-9][a-z0-9-]{0,31}$/; // day-tokens

/** Most budgets of one principal: they share one item and one condition of 4 KB. */
const MAX_BUDGETS_PER_ITEM = 8;

/** Most shards of a budget: a reservation that no shard has room for has asked all of them. */
const MAX_SHARDS = 64;

/** Kinds whose budgets may be sharded: those of many callers at once. */
const SHARED: readonly PrincipalKind[] = ['tenant', 'account', 'model', 'tenant+model', 'account+model'];

const CHECKS = {
  name: text(),
  per: () => undefined,
  unit: oneOf('tokens', 'usd', 'requests', 'strikes', 'quotaTokens'),
  window: oneOf('minute', 'hour', 'day', 'week', 'month', 'session'),
  limit: integer(1),
  zone: text(),
  models: listOf(text()),
  soft: flag,
  onExpiry: oneOf('charge', 'release'),
  onFailure: oneOf('closed', 'open', 'degraded'),
  shards: integer(1),
  beyondShare: object,
};

const assert = (fine: boolean, name: string, problem: string): void => {
  if (!fine) throw new TypeError(`budget ${name}: ${problem}`);
};

const checkBudget = (budget: Budget): void => {
  checkOptions('budget', budget, CHECKS);
  for (const field of ['name', 'per', 'unit', 'window', 'limit'] as const)
    if (budget[field] === undefined) throw new TypeError(`budget: ${field} is needed`);
  const { name, unit, shards = 1 } = budget;
  if (!NAME.test(name)) throw new TypeError('budget: name must be lower-case letters, digits and dashes');
  const kinds = kindsOf(budget);
  assert(Array.isArray(kinds) && kinds.length > 0 && kinds.every(isKind), name, `per must be ${KINDS_IN_WORDS}`);
  const perModel = kinds.filter((kind) => isPerModel({ per: kind })).length;
  assert(perModel === 0 || perModel === kinds.length, name, 'per names kinds with model and kinds without');
  assert(budget.models === undefined || perModel > 0, name, 'models needs a kind with model');
  assert(unit !== 'quotaTokens' || perModel > 0, name, 'quotaTokens needs a kind with model');
  assert(unit !== 'strikes' || perModel === 0, name, 'strikes are of requests, not of models');
  assert(unit !== 'strikes' || budget.soft !== true, name, 'a strikes budget cannot be soft');
  const zone = checkZone(budget);
  assert(zone === undefined, name, zone ?? '');
  if (shards === 1) return;
  assert(shards <= MAX_SHARDS && shards <= budget.limit, name, `shards must be at most ${MAX_SHARDS} and the limit`);
  assert(unit !== 'strikes', name, 'strikes cannot be kept in shards');
  assert(
    kinds.every((kind) => SHARED.includes(kind)),
    name,
    `only a budget per ${SHARED.join(', ')} can be kept in shards`,
  );
};

const checkShare = (budget: Budget, budgets: readonly Budget[]): void => {
  const { name, beyondShare } = budget;
  if (beyondShare === undefined) return;
  checkOptions(`budget ${name}: beyondShare`, beyondShare, { of: text(), limit: integer(1) });
  const share = budgets.find((other) => other.name === beyondShare.of);
  if (share === undefined) throw new TypeError(`budget ${name}: beyondShare names no budget`);
  assert(beyondShare.limit <= budget.limit, name, 'beyondShare.limit must be at most the limit');
  assert(share.soft === true, name, 'beyondShare must name a soft budget');
  assert(
    share.unit === budget.unit && share.window === budget.window && share.zone === budget.zone,
    name,
    'beyondShare must name a budget of the same unit and window',
  );
  const broadest = Math.max(...kindsOf(share).map(rankOf));
  assert(
    kindsOf(budget).every((kind) => rankOf(kind) > broadest),
    name,
    'beyondShare must name a budget of narrower kinds',
  );
};

/** Whoever has used up a session begins another one: some other budget must count the same. */
const checkSessions = (budgets: readonly Budget[]): void => {
  const isOfSession = (budget: Budget): boolean => kindsOf(budget).some((kind) => kind.startsWith('session'));
  for (const budget of budgets)
    if (isOfSession(budget) && !budgets.some((other) => !isOfSession(other) && other.unit === budget.unit))
      throw new TypeError(
        `budget ${budget.name}: a session budget needs another one of its unit, for who has sessions`,
      );
};

/** @throws TypeError for a budget that is invalid, twice there, at odds with another, or one too many for its kind. */
export const checkBudgets = (budgets: readonly Budget[]): void => {
  for (const budget of budgets) checkBudget(budget);
  if (new Set(budgets.map(({ name }) => name)).size < budgets.length)
    throw new TypeError('budgets: a name is there twice');
  for (const budget of budgets) checkShare(budget, budgets);
  checkSessions(budgets);
  const models = [undefined, ...new Set(budgets.flatMap((budget) => budget.models ?? []))];
  for (const kind of new Set(budgets.flatMap(kindsOf))) {
    const own = budgetsOf(budgets, kind);
    for (const model of models)
      if (own.filter((budget) => countsModel(budget, model)).length > MAX_BUDGETS_PER_ITEM)
        throw new TypeError(`budgets: at most ${MAX_BUDGETS_PER_ITEM} for one kind of principal`);
    if (new Set(own.map(({ shards = 1 }) => shards)).size > 1)
      throw new TypeError(`budgets per ${kind} must have the same number of shards`);
  }
};
