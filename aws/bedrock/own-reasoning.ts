/**
 * Reasoning that goes back to the model. Models that reason want theirs again beside the results of the tools that they
 * called. It is signed, or nobody can tell who wrote it: what comes back is what a reply of this very invocation had, or it
 * is refused like any other block that cannot be screened.
 */

import type { ContentBlock } from '../../core/converse/types.ts';
import { member } from '../../core/converse/types.ts';
import type { InvocationScope } from '../invocation-scope.ts';
import { sha256 } from '../sha256.ts';

/** Most blocks of one invocation that are known again. */
const MOST_KNOWN = 1000;

const knownOf = new WeakMap<InvocationScope, Set<string>>();

/** All that a block of reasoning says, its signature and bytes included. */
const digestOf = (block: unknown): string | undefined => {
  const reasoning = member(block, 'reasoningContent');
  return reasoning === undefined ? undefined : sha256(JSON.stringify(reasoning));
};

/** Notes the reasoning of a reply. */
export const noteReasoning = (scope: InvocationScope, content: readonly object[]): void => {
  const known = knownOf.get(scope) ?? new Set();
  knownOf.set(scope, known);
  for (const block of content) {
    const digest = digestOf(block);
    if (digest !== undefined && known.size < MOST_KNOWN) known.add(digest);
  }
};

/** Whether a block is reasoning that a reply of this invocation had, unchanged. */
export const isOwnReasoning = (scope: InvocationScope, block: ContentBlock): boolean => {
  const digest = digestOf(block);
  return digest !== undefined && knownOf.get(scope)?.has(digest) === true;
};
