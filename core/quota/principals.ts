/** Kinds of principals, and which of them a request is charged to. */

import type { Budget, Principal, PrincipalAtom, PrincipalKind } from './types.ts';

/** Narrowest first. A pair is written in this order, and is narrower than both of its parts. */
const ATOMS: readonly PrincipalAtom[] = ['session', 'user', 'apiKey', 'ip', 'tenant', 'account', 'model'];

/** The parts of a kind. */
export const atomsOf = (kind: PrincipalKind): readonly PrincipalAtom[] => kind.split('+') as PrincipalAtom[];

/** Whether `kind` is one that a budget may count for. */
export const isKind = (kind: unknown): kind is PrincipalKind => {
  if (typeof kind !== 'string') return false;
  const places = kind.split('+').map((atom) => ATOMS.indexOf(atom as PrincipalAtom));
  return places.length <= 2 && places.every((place, index) => place > (places[index - 1] ?? -1));
};

/** Kinds in words, for an error message. */
export const KINDS_IN_WORDS: string = `${ATOMS.join(', ')} or a pair of them in this order, such as user+model`;

/** The lower, the narrower. */
export const rankOf = (kind: PrincipalKind): number => {
  const [first, ...others] = atomsOf(kind).map((atom) => ATOMS.indexOf(atom));
  return (first ?? 0) - 0.5 * others.length;
};

/** The kinds of a budget. */
export const kindsOf = ({ per }: Pick<Budget, 'per'>): readonly PrincipalKind[] =>
  typeof per === 'string' ? [per] : per;

/** Whether a budget counts calls of models, and not requests. */
export const isPerModel = (budget: Pick<Budget, 'per'>): boolean =>
  kindsOf(budget).some((kind) => atomsOf(kind).includes('model'));

/** The budgets that may count for a principal of `kind`: one item holds them all. */
export const budgetsOf = (budgets: readonly Budget[], kind: PrincipalKind): readonly Budget[] =>
  budgets.filter((budget) => kindsOf(budget).includes(kind));

/** Somebody who is charged, and by which budgets. */
export interface Payer {
  readonly principal: Principal;
  /** The budgets that count this time. */
  readonly own: readonly Budget[];
  /** All budgets that may count for this principal. */
  readonly kin: readonly Budget[];
  /** Its limits are out of reach: it goes on without the table. @default false */
  readonly isAdrift?: boolean;
}

/** The principal of `kind` whose parts have these ids. */
export const principalWithIds = (kind: PrincipalKind, ids: readonly string[]): Principal => ({
  kind,
  id: ids.length === 1 ? (ids[0] as string) : JSON.stringify(ids),
});

/** The principal of a kind among those given, put together where the kind is a pair. */
const principalOf = (principals: readonly Principal[], kind: PrincipalKind): Principal | undefined => {
  const ids = atomsOf(kind).map((atom) => principals.find((principal) => principal.kind === atom)?.id);
  return ids.every((id) => id !== undefined) ? principalWithIds(kind, ids) : undefined;
};

/** Whether a budget counts calls of `model`, or requests where there is none. */
export const countsModel = ({ models }: Budget, model: string | undefined): boolean =>
  models === undefined || (model !== undefined && models.includes(model));

/** The model that a principal is, or is a pair with. */
const modelOf = ({ kind, id }: Principal): string | undefined => {
  const place = atomsOf(kind).indexOf('model');
  return place <= 0 ? (place === 0 ? id : undefined) : (JSON.parse(id) as readonly string[])[place];
};

/** All budgets that may count for a principal. */
export const kinOf = (budgets: readonly Budget[], principal: Principal): readonly Budget[] => {
  const model = modelOf(principal);
  return budgetsOf(budgets, principal.kind).filter((budget) => countsModel(budget, model));
};

/** Who pays, narrowest first, and for which budgets. Each budget counts for the first of its kinds that is there. */
export const payersOf = (budgets: readonly Budget[], principals: readonly Principal[]): readonly Payer[] => {
  const model = principals.find(({ kind }) => kind === 'model')?.id;
  const payers = new Map<PrincipalKind, { principal: Principal; own: Budget[] }>();
  for (const budget of budgets) {
    if (isPerModel(budget) !== (model !== undefined) || !countsModel(budget, model)) continue;
    const principal = kindsOf(budget)
      .map((kind) => principalOf(principals, kind))
      .find((found) => found !== undefined);
    if (principal === undefined) continue;
    const payer = payers.get(principal.kind) ?? { principal, own: [] };
    payer.own.push(budget);
    payers.set(principal.kind, payer);
  }
  return [...payers.values()]
    .sort((a, b) => rankOf(a.principal.kind) - rankOf(b.principal.kind))
    .map(({ principal, own }) => ({ principal, own, kin: kinOf(budgets, principal) }));
};

/**
 * With whom it is kept that a one-time token was used: the narrowest principal, but for a session. A caller may have
 * many sessions, or none, and would use the token once with each.
 *
 * @throws TypeError without any principal: nobody could tell the second use from the first.
 */
export const tokenKeeper = (principals: readonly Principal[]): Principal => {
  const narrowestFirst = principals.toSorted((a, b) => rankOf(a.kind) - rankOf(b.kind));
  const keeper = narrowestFirst.find(({ kind }) => kind !== 'session') ?? narrowestFirst[0];
  if (keeper === undefined) throw new TypeError('quota: a one-time token needs a principal');
  return keeper;
};
