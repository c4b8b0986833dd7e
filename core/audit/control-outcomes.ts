/** What each control made of a request: the record says it of all, not only of those that had an objection. */

import type { ErrorCode } from '../errors.ts';
import type { Decision } from './decision.ts';

/** What a control made of a request; `not_reached` where another one had refused it before. */
export type ControlOutcome = Decision['verdict'] | 'not_reached';

/** A request, as far as controls are concerned. */
export interface ControlledRequest {
  readonly decisions: readonly Decision[];
  readonly refused: ErrorCode | undefined;
  /** Whether the handler answered: then all controls of the way out have seen the answer. */
  readonly answered: boolean;
  /** Whether something was replaced in what left, or taken out of it. */
  readonly changed: boolean;
}

/** The control at the Bedrock edge, and the one of the way out. */
const EDGE = 'bedrock-client';
const WAY_OUT = 'output-redaction';

const STRICTNESS = { allow: 0, flag: 1, redact: 2, deny: 3 } as const;

const stricter = (one: Decision['verdict'] | undefined, other: Decision['verdict']): Decision['verdict'] =>
  one === undefined || STRICTNESS[other] > STRICTNESS[one] ? other : one;

/** Where the request was refused: texts that were not the caller's own are screened at the Bedrock edge. */
const refuserOf = ({ decisions, refused }: ControlledRequest): string | undefined => {
  const decision = refused && decisions.find(({ verdict, code }) => verdict === 'deny' && code === refused);
  if (!decision) return undefined;
  return decision.reason === 'data' ? EDGE : decision.control;
};

/**
 * The outcome of each control, in order, and of those beside that decided something.
 *
 * @param order The controls of the chain that are on, in the order in which they meet a request.
 */
export const controlOutcomes = (
  order: readonly string[],
  request: ControlledRequest,
): Readonly<Record<string, ControlOutcome>> => {
  const decided = new Map<string, Decision['verdict']>();
  for (const { control, verdict } of request.decisions) decided.set(control, stricter(decided.get(control), verdict));
  if (request.changed && order.includes(WAY_OUT)) decided.set(WAY_OUT, stricter(decided.get(WAY_OUT), 'redact'));
  const refusedAt = order.indexOf(refuserOf(request) ?? '');
  const outcomes = order.map((control, index): [string, ControlOutcome] => {
    const passed = refusedAt < 0 || index <= refusedAt || (control === WAY_OUT && request.answered);
    return [control, decided.get(control) ?? (passed ? 'allow' : 'not_reached')];
  });
  return Object.fromEntries([...outcomes, ...[...decided].filter(([control]) => !order.includes(control))]);
};
