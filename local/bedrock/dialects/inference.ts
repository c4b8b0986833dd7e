/** Limits of an answer, as bodies write them and as the model reads them. */

import type { ModelRequest } from '../model/request.ts';

/** Limits in the Converse shape. `stop` is a list or one sequence. */
export const inferenceOf = (maxTokens: unknown, stop?: unknown): NonNullable<ModelRequest['inferenceConfig']> => ({
  ...(maxTokens !== undefined && { maxTokens: Number(maxTokens) }),
  ...(stop !== undefined && stop !== null && { stopSequences: (Array.isArray(stop) ? stop : [stop]) as string[] }),
});
