/** What an invocation knows of its tool calls: how many there were, and what the client approved. */

import { BulwarkError } from '../../../core/errors.ts';
import { MAX_TOKEN_LENGTH } from '../../../core/mac.ts';
import { currentScope, type InvocationScope } from '../../invocation-scope.ts';

/** State of one invocation. */
export interface ScopeTools {
  /** Calls by name of the tool. */
  readonly calls: Map<string, number>;
  /** Tokens that the client sent and no call has taken yet. */
  readonly tokens: Set<string>;
}

/** Tokens of one request that are looked at: each is tried on each call. */
const MOST_TOKENS = 32;

const states = new WeakMap<InvocationScope, ScopeTools>();

/** The state of an invocation. */
export const scopeToolsOf = (scope: InvocationScope): ScopeTools => {
  const state = states.get(scope) ?? { calls: new Map(), tokens: new Set() };
  states.set(scope, state);
  return state;
};

/** Brings the tokens that a client sent to an invocation. What is no token of a call allows nothing. */
export const approveIn = (scope: InvocationScope, tokens: readonly string[]): void => {
  const known = scopeToolsOf(scope).tokens;
  for (const token of Array.isArray(tokens) ? tokens.slice(0, MOST_TOKENS) : [])
    if (typeof token === 'string' && token.length <= MAX_TOKEN_LENGTH && known.size < MOST_TOKENS) known.add(token);
};

/**
 * Brings the approvals that a client sent, as `tool_approval_required` gave it their tokens, to the running invocation:
 * each lets one call pass, the one that it was made for. At most 32 are looked at; what is no token allows nothing.
 *
 * @throws BulwarkError `internal` outside of any invocation.
 *
 * @example
 * approveTools(event.body.approvals ?? []);
 */
export const approveTools = (tokens: readonly string[]): void => {
  const scope = currentScope();
  if (scope === undefined) throw new BulwarkError('internal', { reason: 'unscoped-approval' });
  approveIn(scope, tokens);
};
